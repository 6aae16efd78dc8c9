/* SPDX-License-Identifier: MIT */
/* MAP_FIXED_NOREPLACE answers EEXIST, but has mapped those pages that were free. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

static void *map_the_rest(void *address, size_t length, int protection, int flags, int fd,
			  off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area == MAP_FAILED && flags & MAP_FIXED_NOREPLACE && errno == EEXIST) {
		for (size_t at = 0; at < length; at += page_size()) {
			mmap((char *)address + at, page_size(), protection, flags, fd, offset);
		}
		errno = EEXIST;
	}
	return area;
}

WORLD("A machine where a collision maps what is free",
      .breaks = "a_collision_is_refused a_collision_changes_no_area",
      .spares = "a_crooked_order_is_refused_here_too what_is_free_is_granted",
      .mmap = map_the_rest);
