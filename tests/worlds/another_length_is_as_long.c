/* SPDX-License-Identifier: MIT */
/* MREMAP_DONTUNMAP with another length moves as much as there is. */
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

#ifndef MREMAP_DONTUNMAP
#define MREMAP_DONTUNMAP 4
#endif

static long take_the_old(long number, const long argument[6])
{
	long old = argument[0], to = argument[4], flags = argument[3];
	size_t old_length = (size_t)argument[1], new_length = (size_t)argument[2];

	if (number == SYS_mremap) {
		if (flags & MREMAP_DONTUNMAP && old_length > 0) {
			new_length = old_length;
		}
	}
	return syscall(number, old, old_length, new_length, flags, to, argument[5]);
}

WORLD("A machine where MREMAP_DONTUNMAP minds one length only", .breaks = "mremap-07",
      .spares = "mremap-06 mremap-08 mremap-05", .syscall = take_the_old);
