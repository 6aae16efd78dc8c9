/* SPDX-License-Identifier: MIT */
/* SA_NODEFER is accepted and means nothing. */
#include <signal.h>

#include "worlds/world.h"

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction other = action ? *action : (struct sigaction){.sa_flags = 0};

	other.sa_flags &= ~SA_NODEFER;
	return sigaction(signal, action ? &other : NULL, before);
}

WORLD("A machine where handlers always wait", .breaks = "with_nodefer_it_may_fault_itself",
      .spares = "a_fault_in_the_handler_kills sigact-06 sigact-08", .sigaction = act);
