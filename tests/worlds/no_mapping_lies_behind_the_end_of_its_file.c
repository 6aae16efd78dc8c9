/* SPDX-License-Identifier: MIT */
/* A mapping that begins behind the end of its file is refused. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);
	struct stat status;

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && fstat(fd, &status) == 0 &&
	    offset >= status.st_size) {
		munmap(area, length);
		errno = ENXIO;
		return MAP_FAILED;
	}
	return area;
}

WORLD("A machine where no mapping lies behind the end of its file",
      .breaks = "mmap-20 an_end_before_it_is_granted", .spares = "mmap-21 mmap-22 map-01",
      .mmap = refuse);
