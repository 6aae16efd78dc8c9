/* SPDX-License-Identifier: MIT */
/* MAP_GROWSDOWN is ignored where it should be refused. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *ignore(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_SHARED || !(flags & MAP_ANONYMOUS)) {
		flags &= ~MAP_GROWSDOWN;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where shared memory and files are told to grow",
      .breaks = "only_private_memory_grows",
      .spares = "a_touch_below_makes_it_grow mmap-07 other_areas_do_not_grow", .mmap = ignore);
