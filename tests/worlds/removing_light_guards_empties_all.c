/* SPDX-License-Identifier: MIT */
/* MADV_GUARD_REMOVE empties every page of its range, guard or not. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == 103 /* MADV_GUARD_REMOVE */) {
		madvise(address, length, MADV_DONTNEED);
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which removing light guards empties the pages beside them",
      .breaks = "madvise-39", .spares = "other_calls_leave_it madvise-40 prot-17",
      .madvise = advise);
