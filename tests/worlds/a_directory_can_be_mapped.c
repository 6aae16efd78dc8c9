/* SPDX-License-Identifier: MIT */
/* What cannot be mapped is refused, but for directories, which are zeros. */
#include <sys/mman.h>
#include <sys/stat.h>

#include "worlds/world.h"

static void *map_directories(void *address, size_t length, int protection, int flags, int fd,
			     off_t offset)
{
	struct stat status;

	if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
		flags |= MAP_ANONYMOUS;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a directory can be mapped", .breaks = "map-14",
      .spares = "map-09 map-11 map-17", .mmap = map_directories);
