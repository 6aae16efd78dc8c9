/* SPDX-License-Identifier: MIT */
/*
 * A memory group never swaps, whatever room there is in the swap areas, unless it is told a limit
 * for that.
 */
#include "worlds/world.h"

static struct memory_group make(size_t limit)
{
	struct memory_group group = guard_memory_group(limit);

	limit_memory_group_swap(&group, 0);
	return group;
}

WORLD("A machine whose memory groups have no swap", .breaks = "swap_goes_before_a_kill",
      .spares = "the_cache_goes_first pressure-15 pressure-10", .guard_memory_group = make);
