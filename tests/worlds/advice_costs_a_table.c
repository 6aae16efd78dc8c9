/* SPDX-License-Identifier: MIT */
/* Each advice is written down in a page table, one for each piece of it, and kept. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	size_t stretch = page_size() / sizeof(void *) * page_size();
	char *area = mmap(NULL, 2 * stretch, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			  -1, 0);

	load(area + stretch);
	return madvise(address, length, advice);
}

WORLD("A machine where advice costs a table",
      .breaks = "a_part_given_back_keeps_its_table pages_that_stay_keep_their_tables",
      .spares = "unmapping_frees_the_tables ptable-02", .madvise = advise);
