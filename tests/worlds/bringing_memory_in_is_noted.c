/* SPDX-License-Identifier: MIT */
/* MADV_WILLNEED leaves a note, as if it were MADV_SEQUENTIAL. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_WILLNEED) {
		madvise(address, length, MADV_SEQUENTIAL);
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose MADV_WILLNEED leaves a note", .breaks = "what_is_done_at_once_is_not_noted",
      .spares = "madvise-09 madvise-11 madvise-14", .madvise = advise);
