/* SPDX-License-Identifier: MIT */
/* Where the descriptor is closed, memory without a file is mapped. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *map_memory(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	return area == MAP_FAILED && errno == EBADF
		       ? mmap(address, length, protection, flags | MAP_ANONYMOUS, -1, 0)
		       : area;
}

WORLD("A machine where a closed descriptor maps zeros",
      .breaks = "a_closed_descriptor_maps_nothing map-17 without_the_flag_the_file_shows",
      .spares = "mmap-26 mmap-27", .mmap = map_memory);
