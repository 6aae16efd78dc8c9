/* SPDX-License-Identifier: MIT */
/* What is moved to an ordered place takes the page above it as well. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static void *take_more(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED && flags & MREMAP_FIXED) {
		size_t end = (new_length + page_size() - 1) / page_size() * page_size();

		if (gate_mapping_of(area + end)) {
			mmap(area + end, page_size(), PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		}
	}
	return area;
}

WORLD("A machine where a moved area takes a page too many", .breaks = "mremap-04",
      .spares = "map-16 mremap-05 without_an_order_nothing_is_replaced", .mremap = take_more);
