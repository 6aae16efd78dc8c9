/* SPDX-License-Identifier: MIT */
/* A memory group is full, and kills, long before its limit. */
#include "worlds/world.h"

static struct memory_group make(size_t limit)
{
	return guard_memory_group(limit / 4);
}

WORLD("A machine whose memory groups kill at a quarter of their limit",
      .breaks = "a_store_beyond_the_limit_is_a_kill what_fits_is_not_killed_for "
		"without_swap_death_comes_earlier the_cache_goes_first",
      .spares = "no_handler_is_asked a_call_that_needs_memory_does_not_return",
      .guard_memory_group = make);
