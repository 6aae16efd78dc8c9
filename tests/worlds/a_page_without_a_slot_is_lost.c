/* SPDX-License-Identifier: MIT */
/* A written page that has no slot in swap is lost, sooner or later: here when somebody looks at its area. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static struct usage look(const char *label, const void *start, size_t length)
{
	size_t last = length / page_size() - 1;
	struct usage usage = observe_usage(label, start, length);

	if (!page_is_swapped(observe_pages("world", page(start, last), 1), 0)) {
		madvise(page(start, last), page_size(), MADV_DONTNEED);
	}
	return usage;
}

WORLD("A machine where a page without a slot in swap is lost",
      .breaks = "written_pages_are_in_memory_alone no_swap_is_needed_to_write",
      .spares = "an_evicted_page_takes_a_slot what_was_not_freed_is_never_gone swap-03",
      .observe_usage = look);
