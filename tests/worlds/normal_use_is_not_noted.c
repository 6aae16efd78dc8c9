/* SPDX-License-Identifier: MIT */
/* MADV_NORMAL leaves the notes of RANDOM and SEQUENTIAL as they are. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_NORMAL) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose MADV_NORMAL takes nothing back", .breaks = "madvise-11",
      .spares = "madvise-09 madvise-10 madvise-12 madvise-15", .madvise = advise);
