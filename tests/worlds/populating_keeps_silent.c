/* SPDX-License-Identifier: MIT */
/* What populating cannot bring is left out, and nobody is told, as with MAP_POPULATE. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	/* 22 and 23: MADV_POPULATE_READ and MADV_POPULATE_WRITE */
	return length > 0 && (advice == 22 || advice == 23) ? 0 : answer;
}

WORLD("A machine whose populating keeps silent", .breaks = "madvise-28 madvise-29 madvise-30",
      .spares = "madvise-31 advice_attaches_the_range", .madvise = advise);
