/* SPDX-License-Identifier: MIT */
/* A handler serves once, asked or not. */
#include <signal.h>

#include "worlds/world.h"

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	struct sigaction other = action ? *action : (struct sigaction){.sa_flags = 0};

	other.sa_flags |= (int)SA_RESETHAND;
	return sigaction(signal, action ? &other : NULL, before);
}

WORLD("A machine where every handler serves once",
      .breaks = "a_handler_may_serve_but_once.an_ordinary_handler_stays "
		"a_handler_runs_on_its_own_terms.an_ordinary_handler_serves_on "
		"its_mask_holds_while_it_runs",
      .spares = "sigact-08", .sigaction = act);
