/* SPDX-License-Identifier: MIT */
/* What a handler writes into its context is lost. */
#include <signal.h>
#include <ucontext.h>

#include "worlds/world.h"

static void (*wanted)(int, siginfo_t *, void *);

static void call(int signal, siginfo_t *info, void *context)
{
	ucontext_t copy = *(ucontext_t *)context;

	wanted(signal, info, &copy);
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction other = action ? *action : (struct sigaction){.sa_flags = 0};

	if (!action || !(action->sa_flags & SA_SIGINFO)) {
		return sigaction(signal, action, before);
	}
	wanted = action->sa_sigaction;
	other.sa_sigaction = call;
	return sigaction(signal, &other, before);
}

WORLD("A machine where a handler sees a copy of the context", .breaks = "sigact-11 sigact-12",
      .spares = "sigact-13 an_untouched_context_changes_nothing sigact-06", .sigaction = act);
