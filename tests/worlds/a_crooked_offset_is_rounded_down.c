/* SPDX-License-Identifier: MIT */
/* An offset inside a page counts as the start of that page, as a hint would. */
#include <sys/syscall.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static long straighten(long number, const long argument[6])
{
	long offset = argument[5];

#ifdef SYS_mmap
	if (number == SYS_mmap) {
		offset -= offset % (long)page_size();
	}
#endif
	return syscall(number, argument[0], argument[1], argument[2], argument[3], argument[4],
		       offset);
}

WORLD("A machine where the offset of a mapping is rounded down to a page", .breaks = "map-07",
      .spares = "map-01 map-12 munmap-04", .syscall = straighten);
