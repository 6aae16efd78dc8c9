/* SPDX-License-Identifier: MIT */
/*
 * Where a region ends exactly with a page it gets one page more behind it, and the kernel touches
 * that.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	bool whole = flags & MAP_ANONYMOUS && flags & MAP_FIXED && protection & PROT_WRITE &&
		     length % page_size() == 0;
	char *area = mmap(address, whole ? length + page_size() : length, protection, flags, fd,
			  offset);

	if (area != MAP_FAILED && whole) {
		store(area + length, 1);
	}
	return area;
}

WORLD("A machine where a region of whole pages costs a page more",
      .breaks = "one_byte_more_costs_another_page whole_pages_waste_nothing",
      .spares = "one_byte_costs_a_page half_a_page_is_wasted_on_average paging-02", .mmap = map);
