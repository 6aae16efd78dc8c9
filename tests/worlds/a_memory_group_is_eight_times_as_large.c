/* SPDX-License-Identifier: MIT */
/* A memory group has room for eight times as much as its limit says. */
#include "worlds/world.h"

static struct memory_group make_more(size_t limit)
{
	return guard_memory_group(8 * limit);
}

WORLD("A machine whose memory groups are eight times as large as they say",
      .breaks = "with_swap_it_is_done without_swap_it_is_killed where_room_is_short_they_go "
		"want_of_memory_cannot_either",
      .spares = "idle_pages_stay_below_a_limit swap-11", .guard_memory_group = make_more);
