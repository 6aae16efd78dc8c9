/* SPDX-License-Identifier: MIT */
/* MADV_PAGEOUT goes through locks. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_PAGEOUT && madvise(address, length, advice) != 0) {
		munlock(address, length);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where locked pages go when they are asked to",
      .breaks = "nobody_can_ask_them_to_go what_cannot_go_costs_no_fault",
      .spares = "locked_pages_of_a_file_stay locked_memory_stays once_unlocked_they_go",
      .madvise = advise);
