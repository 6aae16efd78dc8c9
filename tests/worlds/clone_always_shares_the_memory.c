/* SPDX-License-Identifier: MIT */
/* Whoever is made by clone lives in his parent's memory. */
#include <sched.h>

#include "worlds/world.h"

static int make(int (*run)(void *), void *stack, int flags, void *argument)
{
	return clone(run, stack, flags | CLONE_VM | CLONE_VFORK, argument);
}

WORLD("A machine whose clone always shares the memory", .breaks = "without_the_flags_it_is_a_fork",
      .spares = "the_parent_waits_for_its_end execve_parts_the_two", .clone = make);
