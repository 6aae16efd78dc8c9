/* SPDX-License-Identifier: MIT */
/*
 * What MAP_POPULATE attaches is cleared but for the last byte of all; what is touched later is
 * right.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_POPULATE) {
		store(area + length - 1, 'r');
	}
	return area;
}

WORLD("A machine that does not clear the last byte it populates",
      .breaks = "prepared_memory_is_zero private_memory_is_zero",
      .spares = "populating_attaches_all unwritten_memory_reads_as_zeros lazy-15", .mmap = map);
