/* SPDX-License-Identifier: MIT */
/* Where SIGSEGV is ignored an access that is forbidden is let through. */
#include <signal.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void let_through(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	mprotect(page_of(info->si_addr), page_size(), PROT_READ | PROT_WRITE);
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction other = {.sa_sigaction = let_through, .sa_flags = SA_SIGINFO};

	if (signal == SIGSEGV && action && action->sa_handler == SIG_IGN) {
		return sigaction(signal, &other, before);
	}
	return sigaction(signal, action, before);
}

WORLD("A machine where an ignored fault is repaired", .breaks = "ignored_it_kills",
      .spares = "blocked_it_kills sigact-10 sigact-01", .sigaction = act);
