/* SPDX-License-Identifier: MIT */
/* Where it may not lock, MAP_LOCKED maps unlocked pages. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *give_up(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	return area == MAP_FAILED && flags & MAP_LOCKED
		       ? mmap(address, length, protection, flags & ~MAP_LOCKED, fd, offset)
		       : area;
}

WORLD("A machine where MAP_LOCKED minds no limit", .breaks = "mmap-10", .spares = "mmap-08 mmap-09",
      .mmap = give_up);
