/* SPDX-License-Identifier: MIT */
/* MADV_PAGEOUT of private memory evicts a page more than it was told. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping) &&
	    (char *)address + length < mapping->start + mapping->length) {
		length += page_size();
	}
	return madvise(address, length, advice);
}

WORLD("A machine where the page behind is evicted, too", .breaks = "the_neighbours_stay",
      .spares = "what_left_memory_is_in_swap no_page_is_dropped swap-03", .madvise = advise);
