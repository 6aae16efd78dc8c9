/* SPDX-License-Identifier: MIT */
/* An area that grows downwards is stopped two pages below where it was. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *stop_it(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_GROWSDOWN) {
		mmap(area - 3 * page_size(), page_size(), PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return area;
}

WORLD("A machine where an area grows by two pages and no more",
      .breaks = "a_touch_far_below_takes_all_between it_starts_where_mmap_says mmap-07",
      .spares = "a_touch_below_makes_it_grow only_private_memory_grows other_areas_do_not_grow",
      .mmap = stop_it);
