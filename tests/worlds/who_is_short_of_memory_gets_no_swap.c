/* SPDX-License-Identifier: MIT */
/* Whoever enters a memory group may not swap from then on. */
#include "worlds/world.h"

static void enter(const struct memory_group *group)
{
	limit_memory_group_swap(group, 0);
	enter_memory_group(group);
}

WORLD("A machine where who is short of memory gets no swap", .breaks = "with_swap_it_is_done",
      .spares = "without_swap_it_is_killed idle_pages_stay_below_a_limit",
      .enter_memory_group = enter);
