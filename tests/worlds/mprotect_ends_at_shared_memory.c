/* SPDX-License-Identifier: MIT */
/* mprotect leaves it at private memory: at the first shared page it answers that it is done. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *first = gate_mapping_of(address);
	size_t private = 0;

	while (private < length) {
		const struct mapping *at = gate_mapping_of((char *)address + private);

		if (first && first->flags & MAP_PRIVATE && at && at->flags & MAP_SHARED) {
			break;
		}
		private += page_size();
	}
	return mprotect(address, private < length ? private : length, protection);
}

WORLD("A machine whose mprotect ends at shared memory",
      .breaks = "a_hole_ends_what_mprotect_changes.a_filled_hole_ends_nothing "
		"the_whole_range_gets_the_rights areas_are_cut_at_the_ends_alone",
      .spares = "it_stops_at_the_hole each_kind_stays_what_it_is prot-30 prot-38",
      .mprotect = protect);
