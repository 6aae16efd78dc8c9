/* SPDX-License-Identifier: MIT */
/* MAP_FIXED_NOREPLACE looks at the first page. If that is free it replaces all the others. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

static void *look_at_one_page(void *address, size_t length, int protection, int flags, int fd,
			      off_t offset)
{
	unsigned char resident;

	if (flags & MAP_FIXED_NOREPLACE && address == page_of(address) &&
	    mincore(address, page_size(), &resident) != 0) {
		flags = (flags & ~MAP_FIXED_NOREPLACE) | MAP_FIXED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_FIXED_NOREPLACE looks at the first page only",
      .breaks = "a_collision_is_refused a_collision_changes_no_area a_forbidden_page_is_taken",
      .spares = "a_crooked_order_is_refused_here_too what_is_free_is_granted",
      .mmap = look_at_one_page);
