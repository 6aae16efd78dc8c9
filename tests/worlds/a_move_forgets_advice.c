/* SPDX-License-Identifier: MIT */
/* Of advice the new address knows nothing. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MADV_KEEPONFORK
#define MADV_KEEPONFORK 19
#endif

static void *forget(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	const int usual[] = {MADV_DOFORK, MADV_KEEPONFORK, MADV_DODUMP, MADV_NORMAL};
	char *area = mremap(old, old_length, new_length, flags, address);

	for (size_t i = 0; area != MAP_FAILED && flags & MREMAP_FIXED && i < 4; i++) {
		madvise(area, new_length, usual[i]);
	}
	return area;
}

WORLD("A machine where a move forgets advice",
      .breaks = "what_a_child_is_to_find_moves every_flag_moves",
      .spares = "permissions_move mremap-15 nothing_said_nothing_moves", .mremap = forget);
