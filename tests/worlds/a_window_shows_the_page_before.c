/* SPDX-License-Identifier: MIT */
/* A window onto a single page of a file shows the page before it, where there is one. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (!(flags & MAP_ANONYMOUS) && length == page_size() && offset > 0) {
		offset -= (off_t)page_size();
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a window onto one page shows the page before it",
      .breaks = "another_page_has_other_bytes pages_waste_inside_and_not_between",
      .spares = "each_byte_keeps_its_offset one_frame_has_many_addresses "
		"segments_waste_between_and_not_inside",
      .mmap = map);
