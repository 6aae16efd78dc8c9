/* SPDX-License-Identifier: MIT */
/* A handler is told the signal right, and in its record the wrong one. */
#include <signal.h>

#include "worlds/world.h"

static void (*wanted)(int, siginfo_t *, void *);

static void call(int signal, siginfo_t *info, void *context)
{
	info->si_signo = SIGSEGV;
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

WORLD("A machine that calls a bus error a segmentation fault", .breaks = "where_the_file_has_ended",
      .spares = "where_nothing_is_mapped where_the_access_is_forbidden", .sigaction = act);
