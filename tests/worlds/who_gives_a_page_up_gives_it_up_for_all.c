/* SPDX-License-Identifier: MIT */
/* MADV_PAGEOUT evicts also what others map: here its caller's half of it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping)) {
		part_pages(mapping);
	} else if (advice == MADV_PAGEOUT && mapping) {
		madvise(address, length, MADV_DONTNEED);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where who gives a page up gives it up for all",
      .breaks = "what_a_child_shares_stays what_has_parted_goes "
		"what_a_neighbour_maps_of_a_file_stays",
      .spares = "what_nobody_shares_goes swap-02 swap-03 swap-06", .madvise = advise);
