/* SPDX-License-Identifier: MIT */
/* Of what write(2) puts across the border of two pages the second page does not hear. */
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t end_there(int fd, const void *buffer, size_t length, off_t offset)
{
	size_t rest = page_size() - (size_t)offset % page_size();

	return pwrite(fd, buffer, length < rest ? length : rest, offset) < 0 ? -1 : (ssize_t)length;
}

WORLD("A machine where a write ends with its page", .breaks = "writes_show_in_mappings",
      .spares = "stores_show_in_read mapfile-01 mapfile-20", .pwrite = end_there);
