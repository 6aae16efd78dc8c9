/* SPDX-License-Identifier: MIT */
/* The break is said to be at a low address, and to go where it is told to. */
#include <sys/syscall.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	if (number != SYS_brk) {
		return pass_on(number, argument);
	}
	return argument[0] ? argument[0] : (long)page_size() * 16;
}

WORLD("A machine whose heap lies below the program",
      .breaks = "the_image_is_in_order each_part_lies_in_an_area_of_its_kind",
      .spares = "layout-04", .syscall = call);
