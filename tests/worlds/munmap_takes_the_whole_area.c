/* SPDX-License-Identifier: MIT */
/* It takes document 002 at its word: "deletes the area that starts at virtual address start". */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int take_it_all(void *address, size_t length)
{
	const struct mapping *area = gate_mapping_of(address);

	return area && address == page_of(address) ? munmap(area->start, area->length)
						   : munmap(address, length);
}

WORLD("A machine whose munmap removes areas, whatever the length",
      .breaks = "munmap-03 private_memory_is_gone shared_memory_and_files_are_gone vma-04"
		" no_thread_reads_on_after_munmap.other_pages_are_read_on "
		"the_start_address_is_merely_a_hint.an_order_replaces_what_is_there"
		" each_thread_shows_the_same_map.a_child_shows_a_map_of_its_own",
      .spares = "munmap-02 munmap-08 a_crooked_range_is_refused page_0_is_in_no_area vma-03",
      .munmap = take_it_all);
