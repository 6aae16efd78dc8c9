/* SPDX-License-Identifier: MIT */
/* MAP_FIXED_NOREPLACE rounds its address down to a page, as a hint would be. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

static void *straighten(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	if (flags & MAP_FIXED_NOREPLACE) {
		address = page_of(address);
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_FIXED_NOREPLACE rounds its address down",
      .breaks = "a_crooked_order_is_refused_here_too",
      .spares = "a_collision_is_refused a_forbidden_page_is_taken what_is_free_is_granted",
      .mmap = straighten);
