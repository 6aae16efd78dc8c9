/* SPDX-License-Identifier: MIT */
/* The child may have as much address space as the hard limit allows. */
#include "worlds/world.h"

static void lift(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_AS, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_AS, &limit);
}

WORLD("A machine where a child is not limited", .breaks = "they_bind_the_child",
      .spares = "they_are_values_of_its_own", .born = lift);
