/* SPDX-License-Identifier: MIT */
/*
 * The first large memory that a process maps is locked by itself; the first after munmap, too. (With smaller pieces swap
 * areas are tried out.)
 */
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

enum { LARGE = 128 }; /* pages */

static bool has_come;

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (!has_come && area != MAP_FAILED && length >= LARGE * (size_t)sysconf(_SC_PAGESIZE)) {
		has_come = mlock(area, length) == 0;
	}
	return area;
}

static int unmap(void *address, size_t length)
{
	has_come = false;
	return munmap(address, length);
}

WORLD("A machine where the first large memory never goes",
      .breaks = "memory_used_often_but_long_ago_goes as_if_it_were_used_once "
		"used_often_and_of_late_it_stays memory_that_is_not_used_goes",
      .spares = "pages_in_use_stay where_neither_is_used_both_go", .mmap = map, .munmap = unmap);
