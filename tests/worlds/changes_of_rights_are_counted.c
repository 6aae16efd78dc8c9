/* SPDX-License-Identifier: MIT */
/* A process may change rights only so often, whether areas are made by it or not. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	enum { MOST = 32800 };
	static int calls;

	if (++calls > MOST) {
		return 0;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where changes of rights are counted, and not areas",
      .breaks = "the_number_of_areas_is_limited.alike_they_are_one_area",
      .spares = "the_limit_is_met_exactly what_needs_no_area_goes_on", .mprotect = protect);
