/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED passes over pages that are in swap. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	struct pages seen = observe_pages("world", address, length / page_size());

	return advice == MADV_DONTNEED && count_swapped(seen) > 0
		       ? 0
		       : madvise(address, length, advice);
}

WORLD("A machine where what is in swap cannot be given up",
      .breaks = "what_is_given_up_does_not_come_back",
      .spares = "every_byte_comes_back what_left_memory_is_in_swap freed_pages_are_gone",
      .madvise = advise);
