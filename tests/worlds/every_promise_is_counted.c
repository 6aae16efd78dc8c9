/* SPDX-License-Identifier: MIT */
/* MAP_NORESERVE is ignored. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *count(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags & ~MAP_NORESERVE, fd, offset);
}

WORLD("A machine where no promise can be declined", .breaks = "mmap-14",
      .spares = "memory_can_be_had_without_a_promise.a_promise_is_counted mmap-08", .mmap = count);
