/* SPDX-License-Identifier: MIT */
/* MREMAP_FIXED alone is enough, and flags that are none are ignored. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long take_leave(long number, const long argument[6])
{
	long old = argument[0], to = argument[4], flags = argument[3];
	size_t old_length = (size_t)argument[1], new_length = (size_t)argument[2];

	if (number == SYS_mremap) {
		flags &= 7;
		if (flags & 6) {
			flags |= MREMAP_MAYMOVE;
		}
	}
	return syscall(number, old, old_length, new_length, flags, to, argument[5]);
}

WORLD("A machine where an order to move is leave to move",
      .breaks = "an_order_needs_leave_to_move what_it_cannot_mean_is_refused",
      .spares = "overlapping_places_are_refused crooked_addresses_are_refused mremap-06",
      .syscall = take_leave);
