/* SPDX-License-Identifier: MIT */
/* The last page of a shared file is dirty as soon as it is mapped to be read. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0 && protection & PROT_WRITE) {
		store(area + length - 1, load(area + length - 1));
	}
	return area;
}

WORLD("A machine where reading makes a page dirty", .breaks = "dirty_is_what_was_written",
      .spares = "what_is_dirty_reaches_the_file ptable-11", .mmap = map);
