/* SPDX-License-Identifier: MIT */
/* Where there is no room mremap moves an area, with leave or without. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *move_it(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	return mremap(old, old_length, new_length, flags | MREMAP_MAYMOVE, address);
}

WORLD("A machine where an area moves without leave",
      .breaks = "without_room_and_leave_it_fails a_window_needs_leave_to_move "
		"a_mapping_there_takes_the_room",
      .spares = "mremap-01 by_leave_it_moves mremap-03", .mremap = move_it);
