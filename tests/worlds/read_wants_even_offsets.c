/* SPDX-License-Identifier: MIT */
/* A read that begins at an odd byte finds what stands one byte earlier. */
#include <unistd.h>

#include "worlds/world.h"

static ssize_t round_down(int fd, void *buffer, size_t length, off_t offset)
{
	return pread(fd, buffer, length, offset & ~(off_t)1);
}

WORLD("A machine where read rounds odd offsets down",
      .breaks = "each_byte_is_where_read_finds_it stores_show_in_read",
      .spares = "the_order_of_touching_does_not_matter writes_show_in_mappings mapfile-20",
      .pread = round_down);
