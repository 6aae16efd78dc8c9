/* SPDX-License-Identifier: MIT */
/* Where there are no areas left nothing can be unmapped, not even what makes none. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int is_full;

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	is_full = answer != 0 && errno == ENOMEM;
	return answer;
}

static int refuse(void *address, size_t length)
{
	if (is_full) {
		errno = ENOMEM;
		return -1;
	}
	return munmap(address, length);
}

WORLD("A machine where a full map refuses every munmap", .breaks = "what_needs_no_area_goes_on",
      .spares = "the_limit_is_met_exactly munmap-31 with_areas_left_a_hole_is_granted",
      .mprotect = protect, .munmap = refuse);
