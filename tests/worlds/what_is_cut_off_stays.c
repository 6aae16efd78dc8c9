/* SPDX-License-Identifier: MIT */
/* mremap moves as much as the new length says, and leaves the rest where it was. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *leave_the_rest(void *old, size_t old_length, size_t new_length, int flags,
			    void *address)
{
	if (flags & MREMAP_FIXED && new_length > 0 && new_length < old_length) {
		old_length = new_length;
	}
	return mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where the rest of what is moved stays", .breaks = "the_new_length_counts",
      .spares = "what_is_there_is_discarded map-16 mremap-03 mremap-05", .mremap = leave_the_rest);
