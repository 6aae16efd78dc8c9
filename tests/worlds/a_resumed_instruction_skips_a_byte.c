/* SPDX-License-Identifier: MIT */
/* An instruction that fills memory and faults for the third time goes on a byte further. */
#include <signal.h>
#include <ucontext.h>

#include "worlds/world.h"

enum { THIRD = 3 };

static struct sigaction wanted;

static void skip(int signal, siginfo_t *info, void *context)
{
	static int faults __attribute__((unused));

	wanted.sa_sigaction(signal, info, context);
#if defined(__x86_64__)
	ucontext_t *interrupted = context;

	if (++faults % THIRD == 0) {
		interrupted->uc_mcontext.gregs[REG_RDI]++;
		interrupted->uc_mcontext.gregs[REG_RCX]--;
	}
#endif
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction altered;

	if (!action || action->sa_flags & SA_ONSTACK || !(action->sa_flags & SA_SIGINFO)) {
		return sigaction(signal, action, before); /* the harness's own, put back */
	}
	wanted = altered = *action;
	altered.sa_sigaction = skip;
	return sigaction(signal, &altered, before);
}

WORLD("A machine where a resumed instruction skips a byte",
      .breaks = "it_faults_once_a_page_and_is_complete",
      .spares = "its_registers_tell_where_it_stopped open_pages_do_not_stop_it fault-13",
      .sigaction = act);
