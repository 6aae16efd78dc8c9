/* SPDX-License-Identifier: MIT */
/* vm.overcommit_memory takes any mode, and nothing comes of it. */
#include "worlds/world.h"

static void ignore(int mode)
{
	(void)mode;
}

WORLD("A machine on which every overcommit mode is the heuristic",
      .breaks = "mode_2_counts_all_promises_together mode_1_refuses_nothing",
      .spares = "each_promise_is_weighed_alone swap-13", .guard_overcommit = ignore);
