/* SPDX-License-Identifier: MIT */
/* Whoever meets the limit is killed, and the room in swap that was granted is not used. */
#include "worlds/world.h"

static void limit(const struct memory_group *group, size_t bytes)
{
	(void)bytes;
	limit_memory_group_swap(group, 0);
}

WORLD("A machine where a leak is killed before it swaps",
      .breaks = "first_the_limit_then_swap_then_death",
      .spares = "without_swap_death_comes_earlier swap_goes_before_a_kill",
      .limit_memory_group_swap = limit);
