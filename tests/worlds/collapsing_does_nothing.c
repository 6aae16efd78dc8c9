/* SPDX-License-Identifier: MIT */
/* MADV_COLLAPSE is granted and ignored. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == 25 /* MADV_COLLAPSE */) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose MADV_COLLAPSE does nothing", .breaks = "madvise-44 madvise-46",
      .spares = "madvise-45 lazy-11", .madvise = advise);
