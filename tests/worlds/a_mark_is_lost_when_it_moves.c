/* SPDX-License-Identifier: MIT */
/* mremap leaves the mark behind. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *move(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	void *area = mremap(old, old_length, new_length, flags, address);

	if (area != MAP_FAILED) {
		madvise(area, new_length, MADV_KEEPONFORK);
	}
	return area;
}

WORLD("A machine on which a page that moves loses its mark",
      .breaks = "a_moved_page_takes_its_mark_along",
      .spares = "madvise-35 madvise-36 new_memory_in_its_place_has_no_mark", .mremap = move);
