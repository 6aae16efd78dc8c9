/* SPDX-License-Identifier: MIT */
/* With the pages that are unmapped the entries of all other pages are dropped, not only translations. */
#include <sys/mman.h>

#include "worlds/acts.h"

static void drop(const struct mapping *mapping)
{
	if (is_private(mapping)) {
		madvise(mapping->start, mapping->length, MADV_DONTNEED);
	}
}

static int unmap(void *address, size_t length)
{
	gate_each_mapping(drop);
	return munmap(address, length);
}

WORLD("A machine whose munmap drops the entries of other pages",
      .breaks = "others_that_go_change_nothing_but_the_time",
      .spares = "what_was_absent_is_there_at_once tlb-05", .munmap = unmap);
