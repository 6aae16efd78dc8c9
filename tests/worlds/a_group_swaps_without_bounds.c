/* SPDX-License-Identifier: MIT */
/* A limit for the swap of a memory group is taken, and not kept. */
#include "worlds/world.h"

static void limit(const struct memory_group *group, size_t bytes)
{
	(void)group;
	(void)bytes;
}

WORLD("A machine where a memory group swaps without bounds",
      .breaks = "first_the_limit_then_swap_then_death",
      .spares = "the_cache_goes_first swap_goes_before_a_kill", .limit_memory_group_swap = limit);
