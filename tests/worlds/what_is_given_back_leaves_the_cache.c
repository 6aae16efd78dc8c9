/* SPDX-License-Identifier: MIT */
/* Pages of a file that are dropped from the page table are dropped from the page cache as well. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_DONTNEED) {
		madvise(address, length, MADV_PAGEOUT);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where what is given back leaves the cache",
      .breaks = "a_major_fault_takes_longer waiting_for_a_disk_takes_longer.a_cached_file_is_no_"
		"slower",
      .spares = "fault-09 fault-25 fault-26 lazy-18", .madvise = advise);
