/* SPDX-License-Identifier: MIT */
/* What msync has written back is taken out of the page table, were it a file in memory. */
#include <sys/mman.h>

#include "worlds/world.h"

static int sync_and_take(void *address, size_t length, int flags)
{
	int answer = msync(address, length, flags);

	madvise(address, length, MADV_DONTNEED);
	return answer;
}

WORLD("A machine whose msync takes the entries",
      .breaks = "a_page_is_dirty_once_it_was_written.a_file_in_memory_is_never_written_back",
      .spares = "ptable-10 ptable-11", .msync = sync_and_take);
