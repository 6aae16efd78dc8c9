/* SPDX-License-Identifier: MIT */
/* Who enters a memory group is told that he is in, and stays where he was. */
#include "worlds/world.h"

static void enter(const struct memory_group *group)
{
	(void)group;
}

WORLD("A machine whose memory groups hold nobody",
      .breaks = "pressure-10 pressure-11 pressure-12 pressure-14 pressure-15 oom-01",
      .spares = "pressure-13 oom-03 what_fits_is_not_killed_for", .enter_memory_group = enter);
