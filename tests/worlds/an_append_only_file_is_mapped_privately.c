/* SPDX-License-Identifier: MIT */
/* A shared mapping that may not be had is a private one. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

/* What was refused with this error is mapped privately. */
static void *instead(int error, void *area, size_t length, int protection, int fd)
{
	return area == MAP_FAILED && errno == error
		       ? mmap(NULL, length, protection, MAP_PRIVATE, fd, 0)
		       : area;
}

static void *map_a_copy(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	return instead(EACCES, mmap(address, length, protection, flags, fd, offset), length,
		       protection, fd);
}

WORLD("A machine where a shared mapping of an append-only file is private", .breaks = "mmap-24",
      .spares = "mmap-23 a_file_without_restrictions_is_granted", .mmap = map_a_copy);
