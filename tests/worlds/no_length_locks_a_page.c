/* SPDX-License-Identifier: MIT */
/* mlock of no byte locks the page it points into. */
#include <sys/mman.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	return mlock(address, length == 0 ? 1 : length);
}

WORLD("A machine whose mlock of no byte locks a page", .breaks = "mlock-07",
      .spares = "mlock-05 mlock-06 mlock-08", .mlock = lock);
