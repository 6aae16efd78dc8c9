/* SPDX-License-Identifier: MIT */
/* MADV_WIPEONFORK of shared memory and files is accepted, and forgotten. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	return advice == MADV_WIPEONFORK ? 0 : answer;
}

WORLD("A machine on which any memory can be marked to be wiped", .breaks = "madvise-32",
      .spares = "madvise-33 madvise-34 madvise-35 fork-03", .madvise = advise);
