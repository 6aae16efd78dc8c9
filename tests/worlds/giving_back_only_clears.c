/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED clears the pages, but leaves their frames where they are. */
#include <string.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_DONTNEED) {
		memset(address, 0, length);
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose MADV_DONTNEED only clears the pages",
      .breaks = "nothing_is_behind_them_until_the_next_touch each_costs_one_fault_again",
      .spares = "given_back_pages_read_zero memory_given_back_comes_back_empty", .madvise = advise);
