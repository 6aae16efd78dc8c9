/* SPDX-License-Identifier: MIT */
/* Each page of a file is there as soon as it is mapped. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *populate(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection,
		    flags & MAP_ANONYMOUS ? flags : flags | MAP_POPULATE, fd, offset);
}

WORLD("A machine where every mapping of a file is populated",
      .breaks = "without_the_flag_each_page_waits",
      .spares = "mmap-11 lazy-07 plain_memory_waits_for_the_touch", .mmap = populate);
