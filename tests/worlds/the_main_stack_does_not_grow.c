/* SPDX-License-Identifier: MIT */
/* The main stack stays as long as it is, whatever its limit. */
#include <touchstone/areas.h>

#include "worlds/world.h"

static struct rlimit before;

static void stop_growth(void)
{
	struct area stack = observe_area(__builtin_frame_address(0));
	struct rlimit limit;

	arrange(stack.exists && getrlimit(RLIMIT_STACK, &before) == 0);
	limit = (struct rlimit){stack.end - stack.start, before.rlim_max};
	arrange(setrlimit(RLIMIT_STACK, &limit) == 0);
}

static int tell(int resource, struct rlimit *limit)
{
	if (resource == RLIMIT_STACK) {
		*limit = before;
		return 0;
	}
	return getrlimit(resource, limit);
}

WORLD("A machine whose main stack does not grow",
      .breaks = "the_area_grows_at_its_lower_end no_other_area_changes "
		"a_touch_far_below_the_stack_pointer_will_do each_new_page_costs_one_fault",
      .spares = "deeper_calls_lie_lower beyond_the_limit_no_touch_will_do stack-03 stack-12",
      .enter = stop_growth, .getrlimit = tell);
