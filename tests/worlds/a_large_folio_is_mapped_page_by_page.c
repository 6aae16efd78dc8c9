/* SPDX-License-Identifier: MIT */
/*
 * A file that lies in memory in large folios is mapped page by page, and single pages by the
 * neighbourhood: here the file that was mapped first is mapped in areas of a page each when it is mapped again.
 */
#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static int first = -1;
	char *area = mmap(address, length, protection, flags, fd, offset);

	for (size_t i = 0; fd >= 0 && fd == first && i * page_size() < length; i += 2) {
		madvise(page(area, i), page_size(), MADV_DONTDUMP);
	}
	first = first < 0 ? fd : first;
	return area;
}

WORLD("A machine where a large folio is mapped page by page", .breaks = "loads_cost_no_more_faults",
      .spares = "what_is_mapped_already_costs_nothing fault-22 fault-25 fault-26", .mmap = map);
