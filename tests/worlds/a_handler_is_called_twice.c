/* SPDX-License-Identifier: MIT */
/* Each signal is delivered twice: the handler, which stands in for a pager, runs once more. */
#include <signal.h>

#include "worlds/world.h"

static struct sigaction wanted;

static void call_twice(int signal, siginfo_t *info, void *context)
{
	wanted.sa_sigaction(signal, info, context);
	wanted.sa_sigaction(signal, info, context);
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction doubled = *action;

	if (action->sa_flags & SA_ONSTACK || !(action->sa_flags & SA_SIGINFO)) {
		return sigaction(signal, action, before); /* the harness's own, put back */
	}
	wanted = *action;
	doubled.sa_sigaction = call_twice;
	return sigaction(signal, &doubled, before);
}

WORLD("A machine that calls a signal's handler twice",
      .breaks = "an_addition_is_added_once a_store_across_two_pages_is_complete "
		"a_long_copy_is_complete",
      .spares = "the_kernel_restarts_it_too fault-01 fault-02 fault-04", .sigaction = act);
