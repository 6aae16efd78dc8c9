/* SPDX-License-Identifier: MIT */
/* Shared memory is never moved: another window is opened, and the first one stays. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void *open_another(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	const struct mapping *area = gate_mapping_of(old);

	if (flags & MREMAP_FIXED && area && area->flags & MAP_SHARED) {
		old_length = 0;
	}
	return mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where shared memory is never moved", .breaks = "with_a_length_the_window_moves",
      .spares = "mremap-09 mremap-10 map-16", .mremap = open_another);
