/* SPDX-License-Identifier: MIT */
/* Of the private pages that are to go the last one is not swapped but dropped. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);
	int answer = madvise(address, length, advice);

	if (advice == MADV_PAGEOUT && mapping && is_private(mapping)) {
		madvise((char *)address + length - page_size(), page_size(), MADV_DONTNEED);
	}
	return answer;
}

WORLD("A machine where the last of the pages that are to go is dropped",
      .breaks = "no_page_is_dropped what_was_not_freed_is_never_gone",
      .spares = "what_is_only_called_cold_stays the_file_has_the_new_bytes freed_pages_are_gone",
      .madvise = advise);
