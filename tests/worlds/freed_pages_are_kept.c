/* SPDX-License-Identifier: MIT */
/* MADV_FREE is accepted, and forgotten. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return advice == MADV_FREE ? 0 : madvise(address, length, advice);
}

WORLD("A machine where freed pages are kept", .breaks = "what_nobody_wants_is_dropped",
      .spares = "each_page_gets_a_slot without_swap_all_stay", .madvise = advise);
