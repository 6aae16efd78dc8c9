/* SPDX-License-Identifier: MIT */
/* RLIMIT_STACK is accepted, and the stack grows on. */
#include <touchstone/outcome.h>

#include "worlds/world.h"

enum { MIB = 1024 * 1024 };

static int limit(int resource, const struct rlimit *wanted)
{
	struct rlimit none;

	if (resource != RLIMIT_STACK) {
		return setrlimit(resource, wanted);
	}
	arrange(getrlimit(resource, &none) == 0);
	if (none.rlim_max != RLIM_INFINITY && none.rlim_max < (rlim_t)128 * MIB) {
		undecided("needs a stack of 128 MiB for this world: a larger ulimit -Hs");
	}
	none.rlim_cur = none.rlim_max;
	return setrlimit(resource, &none);
}

WORLD("A machine where the stack has no limit",
      .breaks = "stack-02"
		" the_main_stack_ends_at_its_limit.a_larger_limit_lets_it_go_deeper",
      .spares = "stack-03 stack-04", .setrlimit = limit);
