/* SPDX-License-Identifier: MIT */
/* sigaltstack never says that one stands on the alternate stack. */
#include <signal.h>

#include "worlds/world.h"

static int tell(const stack_t *stack, stack_t *before)
{
	int answer = sigaltstack(stack, before);

	if (before) {
		before->ss_flags &= ~SS_ONSTACK;
	}
	return answer;
}

WORLD("A machine where a handler is not told where it stands", .breaks = "it_stands_there",
      .spares = "sigact-04 sigact-05 unmarked_handlers_stay_where_they_are", .sigaltstack = tell);
