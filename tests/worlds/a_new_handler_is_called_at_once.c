/* SPDX-License-Identifier: MIT */
/* Who installs a handler for an alternate stack sees it called there and then. */
#include <signal.h>

#include "worlds/world.h"

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	int answer = sigaction(signal, action, before);

	if (answer == 0 && action && action->sa_flags & SA_ONSTACK) {
		raise(signal);
	}
	return answer;
}

WORLD("A machine where a new handler is called at once",
      .breaks = "an_overflow_needs_another_stack.a_descent_that_ends_needs_none",
      .spares = "sigact-01 sigact-06 sigact-09 with_one_it_is_handled", .sigaction = act);
