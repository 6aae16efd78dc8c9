/* SPDX-License-Identifier: MIT */
/* mremap leaves the lock behind. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *move(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	void *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED) {
		munlock(area, new_length);
	}
	return area;
}

WORLD("A machine on which moving ends a lock", .breaks = "mlock-15", .spares = "mlock-13 mlock-14",
      .mremap = move);
