/* SPDX-License-Identifier: MIT */
/* Whatever the pages hold, a half of it is said to be stored, and no page to be of one value. */
#include "worlds/world.h"

static struct compression tell(const struct swap_area *area)
{
	struct compression seen = compression_of(area);

	return (struct compression){.original = seen.original, .compressed = seen.original / 2};
}

WORLD("A machine whose zram makes a half of everything", .breaks = "zram-02 zram-03",
      .spares = "zram-01 what_is_given_up_is_forgotten", .by = "reading", .compression_of = tell);
