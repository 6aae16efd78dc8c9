/* SPDX-License-Identifier: MIT */
/* Emptied tables are not used again: who touches the pages once more gets a new one beside an old. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	size_t stretch = page_size() / sizeof(void *) * page_size();
	char *old = advice == MADV_DONTNEED && length > stretch
			    ? mmap(NULL, 2 * stretch, PROT_READ,
				   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
			    : MAP_FAILED;

	if (old != MAP_FAILED) {
		load(old + stretch);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where touching again needs a table more", .breaks = "giving_back_adds_no_table",
      .spares = "a_part_given_back_keeps_its_table unmapping_frees_the_tables", .madvise = advise);
