/* SPDX-License-Identifier: MIT */
/* MAP_GROWSDOWN is ignored. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *ignore(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags & ~MAP_GROWSDOWN, fd, offset);
}

WORLD("A machine where MAP_GROWSDOWN is ignored",
      .breaks = "mmap-06 mmap-07 areas_differ_by_their_flags a_flag_that_does_something_shows",
      .spares = "other_areas_do_not_grow mmap-13 a_lock_is_not_inherited", .mmap = ignore);
