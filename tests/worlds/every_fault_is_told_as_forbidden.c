/* SPDX-License-Identifier: MIT */
/* Whether there is an area or not: the handler is told that access is forbidden. */
#include <signal.h>

#include "worlds/world.h"

static void (*wanted)(int, siginfo_t *, void *);

static void call(int signal, siginfo_t *info, void *context)
{
	info->si_code = SEGV_ACCERR;
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

WORLD("A machine where every fault is told as forbidden", .breaks = "where_nothing_is_mapped",
      .spares = "where_the_access_is_forbidden where_the_file_has_ended", .sigaction = act);
