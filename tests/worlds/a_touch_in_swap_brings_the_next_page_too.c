/* SPDX-License-Identifier: MIT */
/* Once three pages in a row are present the page behind the next one comes as well. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static struct pages look(const char *label, const void *start, size_t count)
{
	struct pages seen = observe_pages(label, start, count);

	for (size_t i = 1; i + 2 < count; i++) {
		if (page_is_present(seen, i - 1) && page_is_present(seen, i) &&
		    page_is_present(seen, i + 1) && page_is_swapped(seen, i + 2)) {
			load(page(start, i + 2));
			return observe_pages(label, start, count);
		}
	}
	return seen;
}

WORLD("A machine where a touch in swap brings the next page, too",
      .breaks = "one_comes_and_the_others_stay_out",
      .spares = "one_goes_and_its_neighbours_stay all_may_go_and_the_process_runs_on",
      .observe_pages = look);
