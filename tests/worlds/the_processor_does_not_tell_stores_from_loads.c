/* SPDX-License-Identifier: MIT */
/* The error code of a fault does not say whether it was a store. */
#include <signal.h>
#include <ucontext.h>

#include "worlds/world.h"

static void (*wanted)(int, siginfo_t *, void *);

static void call(int signal, siginfo_t *info, void *context)
{
#if defined(__x86_64__) || defined(__i386__)
	((ucontext_t *)context)->uc_mcontext.gregs[REG_ERR] &= ~2;
#endif
	wanted(signal, info, context);
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

WORLD("A machine whose processor does not tell stores from loads",
      .breaks = "it_tells_stores_from_loads",
      .spares = "it_tells_fetches_from_loads sigact-11 sigact-12 "
		"an_untouched_context_changes_nothing",
      .sigaction = act);
