/* SPDX-License-Identifier: MIT */
/* Memory without a file is refused if there is an offset. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_ANONYMOUS && offset != 0) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where memory without a file minds its offset", .breaks = "mmap-22",
      .spares = "mmap-20 mmap-21 a_file_has_an_offset", .mmap = refuse);
