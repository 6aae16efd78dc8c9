/* SPDX-License-Identifier: MIT */
/* The main stack ends a page below the place where RLIMIT_STACK ends it. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	struct rlimit more = *wanted;

	more.rlim_cur += resource == RLIMIT_STACK ? page_size() : 0;
	return setrlimit(resource, &more);
}

WORLD("A machine where the stack gets a page more than its limit",
      .breaks = "the_main_stack_ends_at_the_limit",
      .spares = "endless_recursion_is_stopped stack-03 stack-04", .setrlimit = limit);
