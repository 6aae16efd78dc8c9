/* SPDX-License-Identifier: MIT */
/* mprotect adds to the rights that an area was mapped with, and never takes any away. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);

	return mprotect(address, length, protection | (mapping ? mapping->protection : 0));
}

WORLD("A machine whose mprotect only adds rights",
      .breaks = "from_any_rights_to_any_other untouched_pages_obey_too "
		"files_and_shared_memory_obey_too it_stops_at_the_hole "
		"a_hole_at_the_end_is_told_when_all_is_done "
		"the_first_of_two_holes_ends_it the_whole_range_gets_the_rights "
		"areas_are_cut_at_the_ends_alone prot-38",
      .spares = "prot-31 prot-32 what_was_written_is_saved_all_the_same "
		"each_kind_stays_what_it_is",
      .mprotect = protect);
