/* SPDX-License-Identifier: MIT */
/* Of private pages that are asked to go the last one goes, wherever its bytes may be kept. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);
	int answer = madvise(address, length, advice);

	if (advice == MADV_PAGEOUT && answer == 0 && mapping && is_private(mapping)) {
		madvise((char *)address + length - page_size(), page_size(), MADV_DONTNEED);
	}
	return answer;
}

WORLD("A machine where the last dirty page is dropped", .breaks = "without_swap_all_stay",
      .spares = "what_nobody_wants_is_dropped dirty_pages_stay", .madvise = advise);
