/* SPDX-License-Identifier: MIT */
/* The first memory or file that a process maps is locked by itself; the first after munmap, too. */
#include <stdbool.h>
#include <sys/mman.h>

#include "worlds/world.h"

static bool has_come;

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (!has_come && area != MAP_FAILED) {
		has_come = mlock(area, length) == 0;
	}
	return area;
}

static int unmap(void *address, size_t length)
{
	has_come = false;
	return munmap(address, length);
}

WORLD("A machine where what came first never goes",
      .breaks = "where_neither_is_used_both_go memory_that_is_not_used_goes",
      .spares = "pages_in_use_stay memory_in_use_stays", .mmap = map, .munmap = unmap);
