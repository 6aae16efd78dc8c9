/* SPDX-License-Identifier: MIT */
/* MADV_REMOVE without the right to write the object does nothing, and says so to nobody. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	return answer != 0 && errno == EACCES && advice == MADV_REMOVE ? 0 : answer;
}

WORLD("A machine which does not tell readers that they may punch no hole", .breaks = "madvise-27",
      .spares = "madvise-24 madvise-25 madvise-26", .madvise = advise);
