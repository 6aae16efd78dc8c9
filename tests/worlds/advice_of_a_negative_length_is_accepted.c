/* SPDX-License-Identifier: MIT */
/* A negative length is taken for none. */
#include <stddef.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if ((ptrdiff_t)length < 0) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose madvise takes a negative length for none", .breaks = "madvise-04",
      .spares = "madvise-01 madvise-03 madvise-05", .madvise = advise);
