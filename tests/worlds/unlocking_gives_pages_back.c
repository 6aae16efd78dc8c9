/* SPDX-License-Identifier: MIT */
/* munlock takes the pages away with the lock. */
#include <sys/mman.h>

#include "worlds/world.h"

static int unlock(const void *address, size_t length)
{
	int answer = munlock(address, length);

	if (answer == 0) {
		madvise((void *)(uintptr_t)address, length, MADV_DONTNEED);
	}
	return answer;
}

WORLD("A machine whose munlock gives pages back", .breaks = "mlock-03 unlocking_leaves_the_pages",
      .spares = "mlock-01 mlock-05 mlock-08", .munlock = unlock);
