/* SPDX-License-Identifier: MIT */
/* What is to be longer has to move, if there is room behind it or not. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *move_it(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	if (!(!(flags & MREMAP_FIXED) && new_length > old_length)) {
		return mremap(old, old_length, new_length, flags, address);
	}
	if (!(flags & MREMAP_MAYMOVE)) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	address = mmap(NULL, new_length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return mremap(old, old_length, new_length, flags | MREMAP_FIXED, address);
}

WORLD("A machine where an area never grows where it is",
      .breaks = "mremap-01 it_shrinks_where_it_is",
      .spares = "by_leave_it_moves without_room_and_leave_it_fails mremap-16 map-16",
      .mremap = move_it);
