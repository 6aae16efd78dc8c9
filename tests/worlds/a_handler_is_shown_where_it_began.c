/* SPDX-License-Identifier: MIT */
/* A signal handler is shown the registers as they were when the instruction faulted first. */
#include <signal.h>
#include <stdbool.h>
#include <ucontext.h>

#include "worlds/world.h"

static struct sigaction wanted;

static void show(int signal, siginfo_t *info, void *context)
{
	static ucontext_t first;
	static bool seen;

	if (!seen) {
		first = *(ucontext_t *)context;
		seen = true;
	}
	wanted.sa_sigaction(signal, info, &first);
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction altered;

	if (!action || action->sa_flags & SA_ONSTACK || !(action->sa_flags & SA_SIGINFO)) {
		return sigaction(signal, action, before); /* the harness's own, put back */
	}
	wanted = altered = *action;
	altered.sa_sigaction = show;
	return sigaction(signal, &altered, before);
}

WORLD("A machine where a handler is shown where it began",
      .breaks = "its_registers_tell_where_it_stopped",
      .spares = "it_faults_once_a_page_and_is_complete fault-06 fault-13", .sigaction = act);
