/* SPDX-License-Identifier: MIT */
/* A move to the place just beside the old one is refused. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *refuse(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	char *from = old, *to = address;

	if (flags & MREMAP_FIXED && (to + new_length == from || from + old_length == to)) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	return mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where a move to the next place overlaps",
      .breaks = "neighbouring_places_are_accepted", .spares = "mremap-05 mremap-04 map-16",
      .mremap = refuse);
