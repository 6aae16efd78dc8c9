/* SPDX-License-Identifier: MIT */
/* A hint inside a page counts as the start of the next one. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *round_up(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *hint = address;

	if (hint && hint != page_of(hint) && !(flags & MAP_FIXED)) {
		hint = page_of(hint) + page_size();
	}
	return mmap(hint, length, protection, flags, fd, offset);
}

WORLD("A machine where a hint inside a page is rounded up", .breaks = "map-04",
      .spares = "map-02 map-03 map-05 a_crooked_order_is_refused", .mmap = round_up);
