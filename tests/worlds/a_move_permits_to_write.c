/* SPDX-License-Identifier: MIT */
/* At its new address each area can be written. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *permit(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED && flags & MREMAP_FIXED) {
		mprotect(area, new_length, PROT_READ | PROT_WRITE);
	}
	return area;
}

WORLD("A machine where a moved area can be written", .breaks = "permissions_move",
      .spares = "what_a_child_is_to_find_moves mremap-15 nothing_said_nothing_moves map-16",
      .mremap = permit);
