/* SPDX-License-Identifier: MIT */
/* MAP_POPULATE populates, with MAP_NONBLOCK or without. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *populate(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags & ~MAP_NONBLOCK, fd, offset);
}

WORLD("A machine where MAP_NONBLOCK is ignored", .breaks = "mmap-12",
      .spares = "mmap-11 lazy-07 without_the_flag_each_page_waits", .mmap = populate);
