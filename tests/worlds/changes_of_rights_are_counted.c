/* SPDX-License-Identifier: MIT */
/* A process may change rights only so often, whether areas are made by it or not. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	enum { MOST = 65500 };
	static int calls;

	if (++calls > MOST && protection & PROT_WRITE) {
		return 0;
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where changes of rights are counted, and not areas",
      .breaks = "the_areas_of_a_process_are_counted.changing_whole_areas_never_ends",
      .spares = "splitting_ends_at_the_limit what_makes_no_area_is_still_granted",
      .mprotect = protect);
