/* SPDX-License-Identifier: MIT */
/* What is moved to an ordered place is not locked there. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *unlock(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED && flags & MREMAP_FIXED) {
		munlock(area, new_length);
	}
	return area;
}

WORLD("A machine where a moved area is not locked any more",
      .breaks = "mremap-15 up_to_the_limit_it_grows",
      .spares = "mremap-14 beyond_the_limit_it_does_not_grow nothing_said_nothing_moves map-16",
      .mremap = unlock);
