/* SPDX-License-Identifier: MIT */
/* mremap rounds both of its addresses down to a page. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long straighten(long number, const long argument[6])
{
	long old = argument[0], to = argument[4], flags = argument[3];
	size_t old_length = (size_t)argument[1], new_length = (size_t)argument[2];

	if (number == SYS_mremap) {
		old &= ~(long)(page_size() - 1);
		to &= ~(long)(page_size() - 1);
	}
	return syscall(number, old, old_length, new_length, flags, to, argument[5]);
}

WORLD("A machine whose mremap rounds addresses down", .breaks = "crooked_addresses_are_refused",
      .spares = "overlapping_places_are_refused an_order_needs_leave_to_move "
		"neighbouring_places_are_accepted",
      .syscall = straighten);
