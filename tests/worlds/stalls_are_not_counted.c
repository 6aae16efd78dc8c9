/* SPDX-License-Identifier: MIT */
/* The count of pressure stalls stands still. */
#include "worlds/world.h"

static long long stall(const struct memory_group *group, const char *kind)
{
	(void)group;
	(void)kind;
	return 1;
}

WORLD("A machine that does not count stalls", .by = "reading", .breaks = "pressure-07",
      .spares = "who_has_enough_never_stalls pressure-05", .memory_stall = stall);
