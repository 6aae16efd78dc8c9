/* SPDX-License-Identifier: MIT */
/* The last page of an anonymous private mapping stays in common after a fork. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map_last_page_shared(void *address, size_t length, int protection, int flags, int fd,
				  off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && (flags & MAP_TYPE) == MAP_PRIVATE && flags & MAP_ANONYMOUS &&
	    protection & PROT_WRITE) {
		mmap(page(area, (length - 1) / page_size()), page_size(), protection,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
	return area;
}

WORLD("A machine which shares the last page of private memory with the child for good",
      .breaks = "fork-04", .spares = "fork-08", .mmap = map_last_page_shared);
