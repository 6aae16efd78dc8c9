/* SPDX-License-Identifier: MIT */
/* An area that grows downwards grows up to the very next one: the gap between them is nothing. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset), *below = area;

	if (area != MAP_FAILED && flags & MAP_GROWSDOWN) {
		do {
			below -= page_size();
		} while (mmap(below, page_size(), protection,
			      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == below);
	}
	return area;
}

WORLD("A machine where stacks grow until they touch their neighbour",
      .breaks = "growth_stops_short_of_an_obstacle"
		" a_growing_stack_keeps_its_distance.an_inaccessible_neighbour_needs_no_gap",
      .spares = "stack-02 stack-03", .mmap = map);
