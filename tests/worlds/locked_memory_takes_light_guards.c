/* SPDX-License-Identifier: MIT */
/* A guard in locked memory is made, and the page unlocked for it. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == 102 /* MADV_GUARD_INSTALL */) {
		munlock(address, length);
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which locked memory takes light guards", .breaks = "madvise-41",
      .spares = "madvise-38 madvise-39 madvise-40", .madvise = advise);
