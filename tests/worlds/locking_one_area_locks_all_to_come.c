/* SPDX-License-Identifier: MIT */
/* mlock is mlockall(MCL_FUTURE) as well. */
#include <sys/mman.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	int answer = mlock(address, length);

	return answer == 0 ? mlockall(MCL_FUTURE) : answer;
}

WORLD("A machine whose mlock locks all that is mapped later", .breaks = "one_area_is_not_all",
      .spares = "mlock-03 mlock-24 mlock-26", .mlock = lock);
