/* SPDX-License-Identifier: MIT */
/* CLONE_VM is accepted, and the child has a copy. */
#include <sched.h>

#include "worlds/world.h"

static int make(int (*run)(void *), void *stack, int flags, void *argument)
{
	return clone(run, stack, flags & ~CLONE_VM, argument);
}

WORLD("A machine whose clone always copies the memory",
      .breaks = "the_parent_waits_for_its_end its_mappings_are_its_parents execve_parts_the_two",
      .spares = "without_the_flags_it_is_a_fork clone_may_ask_for_silence", .clone = make);
