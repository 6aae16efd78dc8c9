/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED empties locked pages like others. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_DONTNEED) {
		advice = 24; /* MADV_DONTNEED_LOCKED */
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose locked pages can be given back",
      .breaks = "madvise-47 madvise-48 a_locked_page_stays_present",
      .spares = "madvise-49 lazy-18 mlock-01", .madvise = advise);
