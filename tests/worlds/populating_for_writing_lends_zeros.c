/* SPDX-License-Identifier: MIT */
/* MADV_POPULATE_WRITE does no more than MADV_POPULATE_READ: it lends the zero page. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return madvise(address, length,
		       advice == 23 /* MADV_POPULATE_WRITE */ ? 22 /* _READ */ : advice);
}

WORLD("A machine whose MADV_POPULATE_WRITE lends zeros", .breaks = "advice_attaches_the_range",
      .spares = "populating_attaches_all locking_attaches_the_range prepared_memory_is_zero",
      .madvise = advise);
