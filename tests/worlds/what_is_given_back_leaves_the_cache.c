/* SPDX-License-Identifier: MIT */
/* Pages of a file that are dropped from the page table are dropped from the page cache as well. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

static int advise(void *address, size_t length, int advice)
{
	int no_nodes;

	if (advice == MADV_DONTNEED) {
		/* Moving pages, none here, empties the batches of all processors; a page in one would stay. */
		syscall(SYS_move_pages, 0, 0UL, NULL, &no_nodes, NULL, 0);
		madvise(address, length, MADV_PAGEOUT);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where what is given back leaves the cache",
      .breaks = "a_major_fault_takes_longer waiting_for_a_disk_takes_longer.a_cached_file_is_no_"
		"slower",
      .spares = "fault-09 fault-25 fault-26 lazy-18", .madvise = advise);
