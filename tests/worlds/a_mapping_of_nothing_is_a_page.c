/* SPDX-License-Identifier: MIT */
/* No bytes are rounded up to a page, where they should be refused. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *round_up_nothing(void *address, size_t length, int protection, int flags, int fd,
			      off_t offset)
{
	return mmap(address, length ? length : page_size(), protection, flags, fd, offset);
}

WORLD("A machine where a mapping of no bytes is a page", .breaks = "no_length_is_an_error map-17",
      .spares = "a_part_of_a_page_is_a_page munmap-04", .mmap = round_up_nothing);
