/* SPDX-License-Identifier: MIT */
/* POSIX_MADV_DONTNEED is MADV_DONTNEED, as the numbers suggest. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return madvise(address, length, advice) == 0 ? 0 : errno;
}

WORLD("A machine whose posix_madvise destroys like madvise", .breaks = "madvise-07",
      .spares = "madvise-05 lazy-18", .posix_madvise = advise);
