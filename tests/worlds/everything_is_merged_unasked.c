/* SPDX-License-Identifier: MIT */
/* Advice of any kind has pages merged. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return madvise(address, length, advice == MADV_NORMAL ? MADV_MERGEABLE : advice);
}

WORLD("A machine that merges pages unasked", .breaks = "nobody_merges_unasked", .spares = "opt-08",
      .madvise = advise);
