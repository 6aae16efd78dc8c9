/* SPDX-License-Identifier: MIT */
/* MADV_REMOVE gives the caller zeros, and leaves the object as it is. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_REMOVE) {
		return mmap(address, length, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == address
			       ? 0
			       : -1;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which a hole is seen only by whoever made it",
      .breaks = "madvise-24 madvise-25", .spares = "madvise-18", .madvise = advise);
