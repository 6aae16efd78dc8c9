/* SPDX-License-Identifier: MIT */
/* A private mapping of a file has a wrong byte at its very end. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0 && (flags & MAP_TYPE) == MAP_PRIVATE &&
	    protection & PROT_WRITE) {
		store(area + length - 1, (unsigned char)~load(area + length - 1));
	}
	return area;
}

WORLD("A machine where a private mapping of a file ends in a wrong byte",
      .breaks = "a_walk_notices_no_difference all_touches_read_all",
      .spares = "stores_turn_three_kinds_into_one each_byte_keeps_its_offset", .mmap = map);
