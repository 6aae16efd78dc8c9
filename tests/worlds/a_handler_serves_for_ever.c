/* SPDX-License-Identifier: MIT */
/* SA_RESETHAND is accepted and means nothing. */
#include <signal.h>

#include "worlds/world.h"

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction other = action ? *action : (struct sigaction){.sa_flags = 0};

	other.sa_flags &= ~(int)SA_RESETHAND;
	return sigaction(signal, action ? &other : NULL, before);
}

WORLD("A machine where a handler serves for ever", .breaks = "sigact-08",
      .spares = "sigact-06 sigact-07 an_ordinary_handler_stays "
		"an_ordinary_handler_serves_on",
      .sigaction = act);
