/* SPDX-License-Identifier: MIT */
/* munmap makes addresses unusable, empties what is behind them, and leaves the tables as they are. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int forbid(void *address, size_t length)
{
	for (size_t i = 1; i < length / page_size(); i += 16) {
		madvise(page(address, i), 15 * page_size(), MADV_DONTNEED);
	}
	return mprotect(address, length, PROT_NONE);
}

WORLD("A machine where unmapped memory keeps its tables", .breaks = "unmapping_frees_the_tables",
      .spares = "giving_back_adds_no_table a_part_given_back_keeps_its_table", .munmap = forbid);
