/* SPDX-License-Identifier: MIT */
/* A mapping of more than 4 TiB has the tables of its first page from the start. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && length >> 21 >> 21 > 0 && length << 22 != 0) {
		mprotect(area, page_size(), PROT_READ);
		load(area);
		mprotect(area, page_size(), protection);
	}
	return area;
}

WORLD("A machine where a huge mapping begins with tables",
      .breaks = "a_page_in_every_tebibyte_costs_three_tables neighbours_share_their_branches",
      .spares = "ptable-04 ptable-05", .mmap = map);
