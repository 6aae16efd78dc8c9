/* SPDX-License-Identifier: MIT */
/* A locked area that is not to grow is unlocked, and grows. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *unlock(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	void *area = mremap(old, old_length, new_length, flags, address);

	if (area == MAP_FAILED && errno == EAGAIN) {
		munlock(old, old_length);
		area = mremap(old, old_length, new_length, flags, address);
	}
	return area;
}

WORLD("A machine where a locked area grows beyond its limit",
      .breaks = "beyond_the_limit_it_does_not_grow",
      .spares = "up_to_the_limit_it_grows what_is_not_locked_does_not_count mremap-12",
      .mremap = unlock);
