/* SPDX-License-Identifier: MIT */
/* The stack may grow to three times its limit. */
#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	struct rlimit more = *wanted;

	if (resource == RLIMIT_STACK && more.rlim_max / 3 >= more.rlim_cur) {
		more.rlim_cur *= 3;
	}
	return setrlimit(resource, &more);
}

WORLD("A machine where the limit of the stack counts thrice",
      .breaks = "its_far_end_cannot_be_reached beyond_the_limit_no_touch_will_do",
      .spares = "from_the_heap_it_can_be_had a_smaller_array_is_served stack-03",
      .setrlimit = limit);
