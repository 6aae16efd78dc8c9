/* SPDX-License-Identifier: MIT */
/*
 * What a process unmaps is kept for it, and handed out as it is to the next who asks for so many
 * pages.
 */
#include <sys/mman.h>

#include "worlds/world.h"

static void *parked;
static size_t parked_length;

static int park(void *address, size_t length)
{
	if (parked) {
		return munmap(address, length);
	}
	parked = address;
	parked_length = length;
	return 0;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = parked;

	if (!address && flags & MAP_ANONYMOUS && flags & MAP_PRIVATE && parked_length == length) {
		parked = NULL;
		parked_length = 0;
		return area;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine that hands out again what was unmapped",
      .breaks = "memory_given_back_comes_back_empty private_memory_is_zero",
      .spares = "another_process_leaves_nothing files_and_pipes_leave_nothing "
		"prepared_memory_is_zero",
      .mmap = map, .munmap = park);
