/* SPDX-License-Identifier: MIT */
/* A signal that was blocked for a handler stays blocked when it has returned. */
#include <signal.h>
#include <ucontext.h>

#include "worlds/world.h"

static void (*wanted)(int, siginfo_t *, void *);

static void call(int signal, siginfo_t *info, void *context)
{
	ucontext_t *interrupted = context;

	wanted(signal, info, context);
	sigaddset(&interrupted->uc_sigmask, SIGUSR1);
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

WORLD("A machine where the mask of a handler outlives it",
      .breaks = "its_mask_holds_while_it_runs sigact-11 "
		"the_mask_a_handler_leaves_holds.a_mask_of_its_own_ends_with_it",
      .spares = "sigact-07 sigact-08 sigact-12", .sigaction = act);
