/* SPDX-License-Identifier: MIT */
/* MAP_STACK makes an area that grows. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *let_it_grow(void *address, size_t length, int protection, int flags, int fd,
			 off_t offset)
{
	return mmap(address, length, protection, flags & MAP_STACK ? flags | MAP_GROWSDOWN : flags,
		    fd, offset);
}

WORLD("A machine where MAP_STACK makes an area that grows",
      .breaks = "a_stack_does_not_grow the_area_is_like_any_other",
      .spares = "memory_is_zero_whatever_is_asked_for nobody_is_kept_from_writing mmap-06",
      .mmap = let_it_grow);
