/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED removes the guards in its range. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_DONTNEED) {
		madvise(address, length, 103 /* MADV_GUARD_REMOVE */);
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which giving back removes light guards", .breaks = "other_calls_leave_it",
      .spares = "the_kernel_meets_it_too madvise-39 madvise-40 prot-17", .madvise = advise);
