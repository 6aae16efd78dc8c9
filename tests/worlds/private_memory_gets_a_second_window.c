/* SPDX-License-Identifier: MIT */
/* mremap of no bytes of private memory maps zeros, as it did before Linux 4.14. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map_zeros(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	void *area = mremap(old, old_length, new_length, flags, address);

	return area == MAP_FAILED && old_length == 0 && new_length > 0 && flags & MREMAP_MAYMOVE
		       ? mmap(NULL, new_length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			      -1, 0)
		       : area;
}

WORLD("A machine where private memory gets a second window",
      .breaks = "private_memory_has_no_second_window",
      .spares = "mremap-09 a_window_needs_leave_to_move with_a_length_the_window_moves",
      .mremap = map_zeros);
