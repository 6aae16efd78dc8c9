/* SPDX-License-Identifier: MIT */
/* Of each mapping of a file the last page shows what the one before it shows. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *repeat_a_page(void *address, size_t length, int protection, int flags, int fd,
			   off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	size_t pages = length / page_size();

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && pages > 1) {
		offset += (off_t)((pages - 2) * page_size());
		mmap(page(area, pages - 1), page_size(), protection, flags | MAP_FIXED, fd, offset);
	}
	return area;
}

WORLD("A machine where the last page of a window onto a file is a wrong one",
      .breaks = "map-01 map-12 a_shared_write_reaches_everybody",
      .spares = "map-07 map-09 shared_memory_stays_one", .mmap = repeat_a_page);
