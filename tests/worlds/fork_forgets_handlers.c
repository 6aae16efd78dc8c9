/* SPDX-License-Identifier: MIT */
/* As after execve, the child has no handlers; what is ignored stays ignored. */
#include <signal.h>

#include "worlds/world.h"

static void forget(void)
{
	struct sigaction action;

	if (sigaction(SIGUSR1, NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
		action.sa_handler = SIG_DFL;
		sigaction(SIGUSR1, &action, NULL);
	}
}

WORLD("A machine whose fork forgets handlers", .breaks = "handlers_are_inherited",
      .spares = "the_mask_is_inherited the_table_is_each_ones_own fork-31", .born = forget);
