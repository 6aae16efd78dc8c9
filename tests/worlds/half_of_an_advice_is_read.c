/* SPDX-License-Identifier: MIT */
/* Of the number of an advice only the lower half is looked at. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	advice &= 0xffff;
	return madvise(address, length, advice);
}

WORLD("A machine whose madvise reads half of the advice", .breaks = "madvise-05",
      .spares = "madvise-01 madvise-02 posix_madvise_never_destroys", .madvise = advise);
