/* SPDX-License-Identifier: MIT */
/* No signal is blocked while a handler runs. */
#include <signal.h>

#include "worlds/world.h"

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction other = action ? *action : (struct sigaction){.sa_flags = 0};

	sigemptyset(&other.sa_mask);
	other.sa_flags |= SA_NODEFER;
	return sigaction(signal, action ? &other : NULL, before);
}

WORLD("A machine where handlers never wait",
      .breaks = "its_mask_holds_while_it_runs a_fault_in_the_handler_kills "
		"with_nodefer_it_may_fault_itself",
      .spares = "sigact-08 an_ordinary_handler_serves_on sigact-01", .sigaction = act);
