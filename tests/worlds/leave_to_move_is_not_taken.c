/* SPDX-License-Identifier: MIT */
/* Where there is no room mremap fails, with leave to move or without. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *stay(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	return mremap(old, old_length, new_length,
		      flags & MREMAP_FIXED || old_length == 0 ? flags : flags & ~MREMAP_MAYMOVE,
		      address);
}

WORLD("A machine where leave to move is not taken",
      .breaks = "by_leave_it_moves mremap-17 one_area_is_accepted",
      .spares = "mremap-01 without_room_and_leave_it_fails mremap-03 mremap-09 map-16",
      .mremap = stay);
