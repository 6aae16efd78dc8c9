/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED_LOCKED unlocks what it empties. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == 24 /* MADV_DONTNEED_LOCKED */) {
		munlock(address, length);
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which emptying locked pages unlocks them", .breaks = "madvise-49",
      .spares = "madvise-47 madvise-48", .madvise = advise);
