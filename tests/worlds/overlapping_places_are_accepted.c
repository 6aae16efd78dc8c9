/* SPDX-License-Identifier: MIT */
/* A move onto itself is accepted, and not made. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long accept(long number, const long argument[6])
{
	long old = argument[0], to = argument[4], flags = argument[3];
	size_t old_length = (size_t)argument[1], new_length = (size_t)argument[2];

	if (number == SYS_mremap) {
		long answer = syscall(number, old, old_length, new_length, flags, to);
		long end = old + (long)old_length;

		return answer == -1 && flags & MREMAP_FIXED &&
				       to == (to & ~(long)(page_size() - 1)) && to < end &&
				       old < to + (long)new_length
			       ? to
			       : answer;
	}
	return syscall(number, old, old_length, new_length, flags, to, argument[5]);
}

WORLD("A machine where a move onto itself is accepted", .breaks = "overlapping_places_are_refused",
      .spares = "crooked_addresses_are_refused neighbouring_places_are_accepted map-16",
      .syscall = accept);
