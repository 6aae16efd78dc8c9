/* SPDX-License-Identifier: MIT */
/* When a child has ended its parent may have half as much address space. */
#include "worlds/world.h"

static void lower(pid_t child)
{
	struct rlimit limit;

	(void)child;
	getrlimit(RLIMIT_AS, &limit);
	limit.rlim_cur /= 2;
	setrlimit(RLIMIT_AS, &limit);
}

WORLD("A machine where a child lowers its parent's limits", .breaks = "they_are_values_of_its_own",
      .spares = "limits_are_inherited", .forked = lower);
