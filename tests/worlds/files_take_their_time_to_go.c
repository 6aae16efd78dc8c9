/* SPDX-License-Identifier: MIT */
/* The pages of the second file that is mapped are fetched once more before they go. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void *second;

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static int files;
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0 && ++files == 2) {
		second = area;
	}
	return area;
}

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_PAGEOUT && address == second) {
		madvise(address, length, advice);
		load_each(address, length / page_size());
	}
	return madvise(address, length, advice);
}

WORLD("A machine where every other file takes its time to go", .breaks = "files_take_alike",
      .spares = "memory_takes_longer once_unlocked_they_go", .mmap = map, .madvise = advise);
