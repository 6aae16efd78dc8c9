/* SPDX-License-Identifier: MIT */
/* All pages of a mapping show the first page of the file. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *repeat(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	for (size_t i = 1;
	     area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && i * page_size() < length; i++) {
		mmap(page(area, i), page_size(), protection, flags | MAP_FIXED, fd, 0);
	}
	return area;
}

WORLD("A machine where each page of a mapping is the first of the file",
      .breaks = "a_shift_is_noticed each_byte_is_where_read_finds_it "
		"the_order_of_touching_does_not_matter segments_waste_between_and_not_inside "
		"pages_in_a_row_are_refused_in_vain",
      .spares = "mincore-04 msync-03", .mmap = repeat);
