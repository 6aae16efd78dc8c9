/* SPDX-License-Identifier: MIT */
/* Reclaim begins when a memory group has used half of what it may. */
#include "worlds/world.h"

static struct memory_group make(size_t limit)
{
	return guard_memory_group(limit / 2);
}

WORLD("A machine that begins to reclaim at half of a limit",
      .breaks = "pressure-05 the_cliff_is_at_the_limit pressure-09 small_sets_fit_together "
		"in_memories_"
		"of_their_own_they_fit pressure-03 a_set_that_fits_pays_with_cold_pages_only",
      .spares = "pressure-04 a_large_excess_takes_a_large_part without_a_file_our_own_go "
		"stalls_outweigh_work",
      .guard_memory_group = make);
