/* SPDX-License-Identifier: MIT */
/* MAP_POPULATE attaches frames to all pages but the last. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_POPULATE) {
		madvise(area + length - page_size(), page_size(), MADV_DONTNEED);
	}
	return area;
}

WORLD("A machine whose MAP_POPULATE forgets the last page",
      .breaks = "populating_attaches_all"
		" an_untouched_mapping_costs_only_addresses.populating_brings_every_frame "
		"the_first_touch_is_what_costs.populated_pages_cost_no_touch",
      .spares = "locking_attaches_the_range advice_attaches_the_range prepared_memory_is_zero",
      .mmap = map);
