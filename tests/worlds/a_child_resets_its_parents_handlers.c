/* SPDX-License-Identifier: MIT */
/* When a child has ended its parent has no handler for SIGUSR1. */
#include <signal.h>

#include "worlds/world.h"

static void reset(pid_t child)
{
	struct sigaction action = {.sa_handler = SIG_DFL};

	(void)child;
	sigaction(SIGUSR1, &action, NULL);
}

WORLD("A machine where a child resets its parent's handlers",
      .breaks = "a_child_answers_signals_like_its_parent.the_table_is_each_ones_own",
      .spares = "handlers_are_inherited the_mask_is_inherited", .forked = reset);
