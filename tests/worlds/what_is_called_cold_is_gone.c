/* SPDX-License-Identifier: MIT */
/* MADV_COLD drops the pages at once. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MADV_COLD
#define MADV_COLD 20
#endif

static int advise(void *address, size_t length, int advice)
{
	return madvise(address, length, advice == MADV_COLD ? MADV_DONTNEED : advice);
}

WORLD("A machine where what is called cold is gone", .breaks = "what_is_only_called_cold_stays",
      .spares = "no_page_is_dropped swap-03 freed_pages_are_gone", .madvise = advise);
