/* SPDX-License-Identifier: MIT */
/*
 * A load from a file brings one page, like a store: there is no fault-around. (It never goes beyond
 * an area, and here each page of the file is an area of its own.)
 */
#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	for (size_t i = 0; area != MAP_FAILED && fd >= 0 && i * page_size() < length; i += 2) {
		madvise(page(area, i), page_size(), MADV_DONTDUMP);
	}
	return area;
}

WORLD("A machine where a load from a file brings its page only",
      .breaks = "one_load_brings_its_neighbours reading_it_all_costs_fewer_faults_than_pages"
		" fork_copies_only_the_entries_it_must.what_was_written_privately_is_copied "
		"a_load_brings_its_neighbours_too.loads_and_stores_differ",
      .spares = "nothing_is_brought_that_is_not_cached fault-22 fault-08", .mmap = map);
