/* SPDX-License-Identifier: MIT */
/* A descriptor that happens to be good is used, MAP_ANONYMOUS or not. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *use_the_file(void *address, size_t length, int protection, int flags, int fd,
			  off_t offset)
{
	void *area = mmap(address, length, protection, flags & ~MAP_ANONYMOUS, fd, offset);

	return area != MAP_FAILED ? area : mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where anonymous memory is the file of the descriptor that came with it",
      .breaks = "map-09", .spares = "map-11 map-10 without_the_flag_the_file_shows",
      .mmap = use_the_file);
