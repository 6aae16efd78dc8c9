/* SPDX-License-Identifier: MIT */
/* Who asks clone for no signal gets SIGCHLD. */
#include <sched.h>
#include <signal.h>

#include "worlds/world.h"

static int make(int (*run)(void *), void *stack, int flags, void *argument)
{
	return clone(run, stack, flags | SIGCHLD, argument);
}

WORLD("A machine whose clone always asks for a signal", .breaks = "clone_may_ask_for_silence",
      .spares = "its_end_is_told_by_sigchld fork-45", .clone = make);
