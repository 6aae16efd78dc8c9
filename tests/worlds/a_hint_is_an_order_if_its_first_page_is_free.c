/* SPDX-License-Identifier: MIT */
/* Only the first page is looked at; what lies at the others is replaced. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *look_at_one_page(void *address, size_t length, int protection, int flags, int fd,
			      off_t offset)
{
	unsigned char resident;

	if (address && mincore(page_of(address), page_size(), &resident) != 0) {
		void *area = mmap(page_of(address), length, protection, flags | MAP_FIXED, fd,
				  offset);

		if (area != MAP_FAILED) {
			return area;
		}
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a hint is an order if its first page is free",
      .breaks = "map-03"
		" the_start_address_is_merely_a_hint.a_crooked_order_is_refused",
      .spares = "map-02 map-04 munmap-07 "
		"without_a_hint_the_kernel_chooses.without_a_hint_the_kernel_chooses",
      .mmap = look_at_one_page);
