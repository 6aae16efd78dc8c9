/* SPDX-License-Identifier: MIT */
/* Every private mapping grows downwards when it is touched below. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *let_it_grow(void *address, size_t length, int protection, int flags, int fd,
			 off_t offset)
{
	if (flags & MAP_PRIVATE && flags & MAP_ANONYMOUS && protection & PROT_WRITE) {
		flags |= MAP_GROWSDOWN;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where all private memory grows",
      .breaks = "other_areas_do_not_grow a_stack_does_not_grow areas_differ_by_their_flags",
      .spares = "mmap-06 mmap-07", .mmap = let_it_grow);
