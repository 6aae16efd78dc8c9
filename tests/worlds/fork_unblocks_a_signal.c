/* SPDX-License-Identifier: MIT */
/* Of the signals that are blocked at a fork one is open in the child. */
#include <signal.h>

#include "worlds/world.h"

static void unblock(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGWINCH);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

WORLD("A machine whose fork unblocks a signal", .breaks = "the_mask_is_inherited",
      .spares = "handlers_are_inherited the_alternate_stack_is_inherited fork-31", .born = unblock);
