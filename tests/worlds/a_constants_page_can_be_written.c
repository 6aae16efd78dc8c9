/* SPDX-License-Identifier: MIT */
/* The page that a constant lies in can be written like any other. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/symbols.h"
#include "worlds/world.h"

static void allow_stores(void)
{
	arrange(mprotect(page_of(variable_named("a_constant", 8)), page_size(),
			 PROT_READ | PROT_WRITE) == 0);
}

WORLD("A machine where the page of a constant can be written",
      .breaks = "constants_lie_in_no_area_that_can_be_written "
		"each_part_lies_in_an_area_of_its_kind",
      .spares = "the_image_is_in_order layout-04", .enter = allow_stores);
