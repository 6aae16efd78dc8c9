/* SPDX-License-Identifier: MIT */
/* A child has the default action for every signal. */
#include <signal.h>

#include "worlds/world.h"

static void forget(void)
{
	signal(SIGSEGV, SIG_DFL);
}

WORLD("A machine where children begin without handlers",
      .breaks = "it_handles_faults_as_its_parent_does "
		"a_child_has_its_parents_handlers.what_is_chosen_before_the_fork_is_inherited",
      .spares = "it_may_choose_another sigact-09 sigact-11 sigact-12", .born = forget);
