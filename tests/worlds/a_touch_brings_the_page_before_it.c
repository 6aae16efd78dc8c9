/* SPDX-License-Identifier: MIT */
/* A page that is touched is not the only one to come back from swap: so does the one before it. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static struct pages look(const char *label, const void *start, size_t count)
{
	struct pages seen = observe_pages(label, start, count);

	for (size_t i = 1; i < count; i++) {
		if (page_is_present(seen, i) && page_is_swapped(seen, i - 1)) {
			load(page(start, i - 1));
		}
	}
	return observe_pages(label, start, count);
}

WORLD("A machine where a touch brings the page before it, too",
      .breaks = "what_left_memory_is_in_swap", .spares = "no_page_is_dropped swap-03 swap-04",
      .observe_pages = look);
