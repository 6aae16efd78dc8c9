/* SPDX-License-Identifier: MIT */
/* Each private page that is to go gets a frame first, and so a slot: also the ones only read, or not at all. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

enum { ROOM = 8192 };

static void enter(void)
{
	guard_swap(ROOM * page_size());
}

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	for (size_t i = 0;
	     advice == MADV_PAGEOUT && mapping && is_private(mapping) && i < length / page_size();
	     i++) {
		store(page(address, i), load(page(address, i)));
	}
	return madvise(address, length, advice);
}

WORLD("A machine where what was only read is swapped",
      .breaks = "only_written_pages_are_swapped what_was_read_of_a_file_is_not_swapped "
		"a_mapping_costs_no_swap",
      .spares = "one_byte_stored_is_a_page_to_swap swap-02 swap-03 swap-04", .enter = enter,
      .madvise = advise);
