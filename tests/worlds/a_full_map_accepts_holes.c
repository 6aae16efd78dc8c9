/* SPDX-License-Identifier: MIT */
/* Where there are no areas left a hole is accepted, and not made. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int accept(void *address, size_t length)
{
	int answer = munmap(address, length);

	return answer != 0 && errno == ENOMEM ? 0 : answer;
}

WORLD("A machine where a full map accepts a hole and makes none", .breaks = "munmap-30",
      .spares = "munmap-31 munmap-04 with_areas_left_a_hole_is_granted", .munmap = accept);
