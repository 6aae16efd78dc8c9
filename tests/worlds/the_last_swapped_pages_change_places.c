/* SPDX-License-Identifier: MIT */
/* Of pages that have left for swap the last two come back in each other's place. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void move(char *from, char *to)
{
	mremap(from, page_size(), page_size(), MREMAP_MAYMOVE | MREMAP_FIXED, to);
}

static int advise(void *address, size_t length, int advice)
{
	static void *done;
	int answer = madvise(address, length, advice);
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_PAGEOUT && answer == 0 && done != address && mapping &&
	    is_private(mapping) && length > 2 * page_size()) {
		char *last = page(address, length / page_size() - 1), *before = last - page_size();
		char *aside = mmap(NULL, page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
				   0);

		move(last, aside);
		move(before, last);
		move(aside, before);
		done = address;
	}
	return answer;
}

WORLD("A machine where the last of the swapped pages change places",
      .breaks = "each_page_gets_a_slot each_page_is_written without_swap_all_stay "
		"what_was_only_read_costs_no_write so_it_does_for_swap",
      .spares = "the_slot_stays a_thread_elsewhere_faults what_was_stored_into_is_written",
      .madvise = advise);
