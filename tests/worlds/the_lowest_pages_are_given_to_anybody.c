/* SPDX-License-Identifier: MIT */
/* Whoever insists on page 0, or on one of those above it, is told that he has it. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	return area == MAP_FAILED && flags & MAP_FIXED ? address : area;
}

WORLD("A machine where the lowest pages are given to anybody",
      .breaks = "the_unprivileged_are_refused_it", .spares = "the_kernel_never_chooses_it prot-11",
      .mmap = map);
