/* SPDX-License-Identifier: MIT */
/* Where something is in use of a swap area it is said to be a page less. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static size_t used(const struct swap_area *area)
{
	size_t bytes = swap_area_used(area);

	return bytes > 0 ? bytes - page_size() : 0;
}

WORLD("A machine where a swap area counts a page too few", .by = "reading",
      .breaks = "an_evicted_page_takes_a_slot",
      .spares = "more_is_written_than_the_area_could_hold swap-03", .swap_area_used = used);
