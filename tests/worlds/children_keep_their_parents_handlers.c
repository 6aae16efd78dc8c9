/* SPDX-License-Identifier: MIT */
/* What handler a child chooses does not matter: it keeps its parent's. */
#include <signal.h>

#include "worlds/world.h"

static int is_child;

static void note_child(void)
{
	is_child = 1;
}

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	return sigaction(signal, is_child ? NULL : action, before);
}

WORLD("A machine where children keep the handlers of their parents",
      .breaks = "it_may_choose_another",
      .spares = "it_handles_faults_as_its_parent_does "
		"what_is_chosen_before_the_fork_is_inherited sigact-06",
      .born = note_child, .sigaction = act);
