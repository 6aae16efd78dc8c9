/* SPDX-License-Identifier: MIT */
/*
 * A file that lies in memory in large folios is mapped page by page, and single pages by the
 * neighbourhood: here the third mapping of files is of areas of a page each.
 */
#include <touchstone/memory.h>

#include "worlds/world.h"

enum { THIRD = 3 };

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static int mapped;
	char *area = mmap(address, length, protection, flags, fd, offset);

	mapped += area != MAP_FAILED && fd >= 0;
	for (size_t i = 0; fd >= 0 && mapped == THIRD && i * page_size() < length; i += 2) {
		madvise(page(area, i), page_size(), MADV_DONTDUMP);
	}
	return area;
}

WORLD("A machine where a large folio is mapped page by page", .breaks = "loads_cost_no_more_faults",
      .spares = "what_is_mapped_already_costs_nothing fault-22 fault-25 fault-26", .mmap = map);
