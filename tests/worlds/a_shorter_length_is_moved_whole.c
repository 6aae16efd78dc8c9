/* SPDX-License-Identifier: MIT */
/* mremap moves as much as the old length says, though the new one is shorter. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *move_all(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	if (flags & MREMAP_FIXED && new_length < old_length) {
		new_length = old_length;
	}
	return mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where a move minds the old length only", .breaks = "the_new_length_counts",
      .spares = "what_is_there_is_discarded map-16 mremap-03 mremap-05", .mremap = move_all);
