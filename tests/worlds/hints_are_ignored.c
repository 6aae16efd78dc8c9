/* SPDX-License-Identifier: MIT */
/* The kernel never maps where it was asked to, unless MAP_FIXED orders it to. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *ignore(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *wanted = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE) ? address : NULL;
	void *area = mmap(wanted, length, protection, flags, fd, offset);

	if (!wanted && address && area == page_of(address)) {
		void *elsewhere = mmap(NULL, length, protection, flags, fd, offset);

		munmap(area, length);
		return elsewhere;
	}
	return area;
}

WORLD("A machine where hints are ignored", .breaks = "map-02 map-04 munmap-07",
      .spares = "map-03 map-05 munmap-01", .mmap = ignore);
