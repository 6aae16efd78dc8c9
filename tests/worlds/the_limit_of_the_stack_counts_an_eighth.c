/* SPDX-License-Identifier: MIT */
/* The stack may grow to the eighth part of its limit. */
#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	struct rlimit less = *wanted;

	less.rlim_cur /= resource == RLIMIT_STACK ? 8 : 1;
	return setrlimit(resource, &less);
}

WORLD("A machine where the limit of the stack counts an eighth",
      .breaks = "a_smaller_array_is_served", .spares = "from_the_heap_it_can_be_had stack-03",
      .setrlimit = limit);
