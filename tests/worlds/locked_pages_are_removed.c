/* SPDX-License-Identifier: MIT */
/* MADV_REMOVE goes through locks. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_REMOVE && madvise(address, length, advice) != 0) {
		munlock(address, length);
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose locked pages are removed",
      .breaks = "locked_shared_memory_is_kept locked_pages_stay_present",
      .spares = "what_is_locked_is_kept madvise-48 madvise-24", .madvise = advise);
