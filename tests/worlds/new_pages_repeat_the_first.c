/* SPDX-License-Identifier: MIT */
/* What an area grows by is not zero: the first byte of all is there again. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static void *repeat(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);
	size_t end = (old_length + page_size() - 1) / page_size() * page_size();

	if (area != MAP_FAILED && old_length > 0 && new_length > end && !(flags & MREMAP_FIXED) &&
	    load(area) != 0 && gate_mapping_of(old) && gate_mapping_of(old)->fd < 0 &&
	    gate_mapping_of(old)->flags & MAP_PRIVATE) {
		store(area + end, load(area));
	}
	return area;
}

WORLD("A machine where what an area grows by is not zero",
      .breaks = "mremap-01 by_leave_it_moves private_memory_always_has_more",
      .spares = "mremap-16 mremap-17 without_room_and_leave_it_fails", .mremap = repeat);
