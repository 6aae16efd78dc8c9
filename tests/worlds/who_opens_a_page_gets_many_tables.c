/* SPDX-License-Identifier: MIT */
/* A page that becomes usable is prepared for with 32 tables, where at most four can be needed. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { TABLES = 32 };

static int open_page(void *address, size_t length, int protection)
{
	size_t stretch = page_size() / sizeof(void *) * page_size();
	char *tables = mmap(NULL, TABLES * stretch, PROT_READ,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	for (size_t i = 0; tables != MAP_FAILED && i < TABLES; i++) {
		load(tables + i * stretch);
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where who opens a page gets many tables",
      .breaks = "ptable-04 a_page_in_every_tebibyte_costs_three_tables"
		" neighbours_share_their_branches",
      .spares = "ptable-01 ptable-02 ptable-05", .mprotect = open_page);
