/* SPDX-License-Identifier: MIT */
/* There is a page at address 0, for reading only: who follows a NULL pointer goes unnoticed. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static void map_nought(void)
{
	if (mmap(NULL, page_size(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
	    MAP_FAILED) {
		undecided("needs the right to map page 0 for this world: CAP_SYS_RAWIO, or "
			  "vm.mmap_min_addr 0");
	}
}

WORLD("A machine where the page at address 0 can be read", .breaks = "page_0_is_in_no_area",
      .spares = "a_hole_is_in_no_area fault-01 fault-02", .enter = map_nought);
