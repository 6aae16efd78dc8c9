/* SPDX-License-Identifier: MIT */
/* What an area grows by is locked. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *lock(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED && new_length > old_length) {
		mlock(area + old_length, new_length - old_length);
	}
	return area;
}

WORLD("A machine where all that grows is locked", .breaks = "what_is_not_locked_does_not_count",
      .spares = "mremap-13 mremap-15 mremap-16", .mremap = lock);
