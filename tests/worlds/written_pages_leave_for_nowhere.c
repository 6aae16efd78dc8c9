/* SPDX-License-Identifier: MIT */
/* Without swap the last of the pages that are advised to leave is discarded. */
#include <sys/mman.h>
#include <sys/sysinfo.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	struct sysinfo machine;

	if (advice == MADV_PAGEOUT && sysinfo(&machine) == 0 && machine.totalswap == 0) {
		return madvise((char *)address + length - page_size(), page_size(), MADV_DONTNEED);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where written pages leave for nowhere", .breaks = "advice_cannot_push_them_out",
      .spares = "where_there_is_swap_they_leave want_of_memory_cannot_either", .madvise = advise);
