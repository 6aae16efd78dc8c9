/* SPDX-License-Identifier: MIT */
/* CLONE_VFORK is accepted, and the parent goes on at once. */
#include <sched.h>

#include "worlds/world.h"

static int make(int (*run)(void *), void *stack, int flags, void *argument)
{
	return clone(run, stack, flags & ~CLONE_VFORK, argument);
}

WORLD("A machine whose clone suspends nobody", .breaks = "the_parent_waits_for_its_end",
      .spares = "its_mappings_are_its_parents clone_may_ask_for_silence", .clone = make);
