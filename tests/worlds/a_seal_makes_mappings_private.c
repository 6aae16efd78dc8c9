/* SPDX-License-Identifier: MIT */
/* A sealed file can be mapped shared, but what is stored stays with who stored it. */
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
	return instead(EPERM, mmap(address, length, protection, flags, fd, offset), length,
		       protection & ~PROT_EXEC, fd);
}

WORLD("A machine where a shared mapping of a sealed file is private", .breaks = "mmap-23",
      .spares = "mmap-24 a_file_without_restrictions_is_granted", .mmap = map_a_copy);
