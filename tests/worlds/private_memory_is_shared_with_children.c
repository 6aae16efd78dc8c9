/* SPDX-License-Identifier: MIT */
/* New private memory is shared with the children that come later. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && flags & MAP_PRIVATE) {
		flags = (flags & ~MAP_PRIVATE) | MAP_SHARED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine that shares private memory with children",
      .breaks = "its_sibling_goes_on_unharmed",
      .spares = "the_wild_process_is_killed so_do_shared_mappings_made_apart", .mmap = map);
