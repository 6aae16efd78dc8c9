/* SPDX-License-Identifier: MIT */
/* With each mapping the last page of all earlier ones goes to swap, as nobody seems to need it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void push_out(const struct mapping *mapping)
{
	if (is_private(mapping) && !is_of_file(mapping)) {
		madvise(mapping->start + mapping->length - page_size(), page_size(), MADV_PAGEOUT);
	}
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	gate_each_mapping(push_out);
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine that swaps idle pages at once", .breaks = "swap-26",
      .spares = "where_room_is_short_they_go swap-16", .mmap = map);
