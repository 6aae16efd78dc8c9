/* SPDX-License-Identifier: MIT */
/* A hole is an error, as it should be, but what lies behind it is left as it is. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int stop(void *address, size_t length, int flags)
{
	size_t mapped = 0;
	unsigned char resident;

	while (mapped < length && flags == MS_SYNC &&
	       mincore((char *)address + mapped, page_size(), &resident) == 0) {
		mapped += page_size();
	}
	if (mapped == 0 || mapped >= length) {
		return msync(address, length, flags);
	}
	msync(address, mapped, flags);
	errno = ENOMEM;
	return -1;
}

WORLD("A machine whose msync stops at a hole", .breaks = "both_sides_of_a_hole_are_written",
      .spares = "a_hole_is_an_error each_page_of_the_range_is_written "
		"written_pages_are_dirty_until_synchronised",
      .msync = stop);
