/* SPDX-License-Identifier: MIT */
/* A hole is moved like anything else: the new place is a hole as well. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *move_nothing(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	unsigned char resident;

	if (mincore(old, page_size(), &resident) != 0 && old_length == new_length) {
		return flags & MREMAP_FIXED ? address : old;
	}
	return mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where a hole can be moved", .breaks = "nothing_cannot_be_moved",
      .spares = "more_than_one_area_cannot_grow the_map_stays mremap-02 map-16",
      .mremap = move_nothing);
