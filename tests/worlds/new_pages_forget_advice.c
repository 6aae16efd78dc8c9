/* SPDX-License-Identifier: MIT */
/* What a moved area grows by is not hidden from a child, though the rest is. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *forget(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED && flags & MREMAP_FIXED && new_length > old_length) {
		madvise(area + old_length, new_length - old_length, MADV_DOFORK);
	}
	return area;
}

WORLD("A machine where the new pages of an area forget advice",
      .breaks = "what_a_child_is_to_find_moves",
      .spares = "permissions_move mremap-15 nothing_said_nothing_moves map-16", .mremap = forget);
