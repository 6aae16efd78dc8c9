/* SPDX-License-Identifier: MIT */
/* Who looks for zeros looks at the first word of a page and at the last, and believes the rest. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);
	struct pages seen = observe_pages("world", address, length / page_size());

	for (size_t i = 0;
	     advice == MADV_PAGEOUT && mapping && is_private(mapping) && i < seen.count; i++) {
		uint64_t *words = (uint64_t *)page(address, i);

		if (page_is_present(seen, i) && !words[0] &&
		    !words[page_size() / sizeof *words - 1]) {
			memset(words, 0, page_size());
		}
	}
	return madvise(address, length, advice);
}

WORLD("A machine where zeros at both ends make a page of zeros",
      .breaks = "one_byte_makes_the_difference",
      .spares = "zeros_are_not_written a_slot_forgets_the_zeros swap-03", .madvise = advise);
