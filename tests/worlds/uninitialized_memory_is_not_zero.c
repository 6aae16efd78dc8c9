/* SPDX-License-Identifier: MIT */
/* MAP_UNINITIALIZED spares the zeroing of the last byte. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *leave(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & 0x4000000 && flags & MAP_ANONYMOUS) {
		area[length - 1] = 'u';
	}
	return area;
}

WORLD("A machine where MAP_UNINITIALIZED leaves a byte as it was",
      .breaks = "memory_is_zero_whatever_is_asked_for",
      .spares = "nobody_is_kept_from_writing the_area_is_like_any_other a_stack_does_not_grow "
		"lazy-14",
      .mmap = leave);
