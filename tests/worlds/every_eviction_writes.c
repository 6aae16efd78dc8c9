/* SPDX-License-Identifier: MIT */
/* A page that came back from swap has no copy there any more: it is written each time it goes. */
#include <sys/mman.h>

#include <touchstone/memory.h>
#include <touchstone/residency.h>

#include "worlds/acts.h"

static bool have_gone;

static size_t count(const void *start, size_t pages)
{
	size_t there = count_in_memory(start, pages);

	have_gone |= there == 0;
	return there;
}

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && have_gone && mapping && is_private(mapping)) {
		for (size_t i = 0; i < length / page_size(); i++) {
			store(page(address, i), load(page(address, i)));
		}
		have_gone = false;
	}
	return madvise(address, length, advice);
}

WORLD("A machine where every eviction writes", .breaks = "what_was_only_read_costs_no_write",
      .spares = "the_slot_stays what_was_stored_into_is_written each_page_is_written",
      .count_in_memory = count, .madvise = advise);
