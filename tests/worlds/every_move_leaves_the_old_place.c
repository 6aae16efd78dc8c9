/* SPDX-License-Identifier: MIT */
/* What is moved is still mapped where it was. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static long stay(long number, const long argument[6])
{
	long old = argument[0], to = argument[4], flags = argument[3];
	size_t old_length = (size_t)argument[1], new_length = (size_t)argument[2];

	if (number == SYS_mremap) {
		if (flags & MREMAP_FIXED && new_length <= old_length && new_length > 0) {
			old_length = new_length;
			flags |= MREMAP_DONTUNMAP;
		}
	}
	return syscall(number, old, old_length, new_length, flags, to, argument[5]);
}

WORLD("A machine where every move leaves the old place mapped",
      .breaks = "a_usual_move_leaves_nothing",
      .spares = "mremap-06 mremap-08 crooked_addresses_are_refused", .syscall = stay);
