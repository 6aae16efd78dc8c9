/* SPDX-License-Identifier: MIT */
/* The child may have one descriptor less than its parent. */
#include "worlds/world.h"

static void lower(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur--;
	setrlimit(RLIMIT_NOFILE, &limit);
}

WORLD("A machine whose fork lowers a limit", .breaks = "limits_are_inherited",
      .spares = "they_bind_the_child they_are_values_of_its_own", .born = lower);
