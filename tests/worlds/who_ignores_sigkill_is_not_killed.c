/* SPDX-License-Identifier: MIT */
/* SIGKILL can be ignored, and the kernel leaves whoever does that what it has. */
#include <signal.h>
#include <stdbool.h>

#include "worlds/world.h"

static bool ignores;

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	if (signal == SIGKILL && action && action->sa_handler == SIG_IGN) {
		ignores = true;
		return 0;
	}
	return sigaction(signal, action, before);
}

static void enter(const struct memory_group *group)
{
	if (!ignores) {
		enter_memory_group(group);
	}
}

WORLD("A machine where who ignores SIGKILL is not killed", .breaks = "no_handler_is_asked",
      .spares = "a_store_beyond_the_limit_is_a_kill a_call_that_needs_memory_does_not_return",
      .sigaction = act, .enter_memory_group = enter);
