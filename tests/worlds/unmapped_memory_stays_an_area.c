/* SPDX-License-Identifier: MIT */
/* munmap gives the pages back and forbids the addresses, but leaves the area in its list. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static int unmap(void *address, size_t length)
{
	return mmap(address, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
			       MAP_FAILED
		       ? -1
		       : 0;
}

WORLD("A machine where unmapped memory stays an area",
      .breaks = "a_hole_is_in_no_area vma-04 it_is_listed_as_whole_pages "
		"all_of_its_last_page_belongs_to_it a_canonical_address_is_told",
      .spares = "page_0_is_in_no_area areas_are_in_order_and_never_overlap vma-03 fault-13",
      .munmap = unmap);
