/* SPDX-License-Identifier: MIT */
/* The last byte of a hole is not zero but what somebody else left on the disk. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "worlds/world.h"

static void *leave(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct stat file;

	if (!(flags & MAP_ANONYMOUS) && fstat(fd, &file) == 0 &&
	    lseek(fd, 0, SEEK_HOLE) < file.st_size) {
		(void)!pwrite(fd, "x", 1, file.st_size - 1);
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a hole shows what the disk had there",
      .breaks = "a_hole_reads_as_zeros a_store_into_a_hole_stays",
      .spares = "mapfile-01 mapfile-02", .mmap = leave);
