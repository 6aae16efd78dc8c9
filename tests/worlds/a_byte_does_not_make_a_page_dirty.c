/* SPDX-License-Identifier: MIT */
/* A page with no more than its last byte stored counts as clean: it is not swapped, and keeps its frame. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping) &&
	    page_is_present(observe_pages("world", address, 1), 0) &&
	    *(const uint64_t *)address == 0) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine where a byte does not make a page dirty",
      .breaks = "one_byte_stored_is_a_page_to_swap",
      .spares = "only_written_pages_are_swapped a_mapping_costs_no_swap swap-02 swap-03",
      .madvise = advise);
