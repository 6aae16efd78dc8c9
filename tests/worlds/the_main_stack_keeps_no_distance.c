/* SPDX-License-Identifier: MIT */
/* The main stack may come as near to another area as it likes. (Here it is there already.) */
#include <touchstone/memory.h>

#include "worlds/world.h"

enum { MIB = 1024 * 1024 };

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char here = 0, *stack = page_of(&here), *end = (char *)address + length;

	if (flags & MAP_FIXED && end < stack && stack - end < 4 * MIB) {
		for (char *at = stack - page_size(); at >= end; at -= page_size()) {
			load(at);
		}
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine whose main stack keeps no distance", .breaks = "the_main_stack_keeps_its_distance",
      .spares = "growth_stops_short_of_an_obstacle stack-02 stack-03", .mmap = map);
