/* SPDX-License-Identifier: MIT */
/* An error is told by -1 and errno. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int error = posix_madvise(address, length, advice);

	errno = error ? error : errno;
	return error ? -1 : 0;
}

WORLD("A machine whose posix_madvise answers like madvise", .breaks = "madvise-08",
      .spares = "madvise-07", .posix_madvise = advise);
