/* SPDX-License-Identifier: MIT */
/* Who is to get a signal at his parent's end has children that are to get it, too. */
#include <sys/prctl.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t fork_with_wish(void)
{
	int signal = 0;
	pid_t pid;

	prctl(PR_GET_PDEATHSIG, &signal, 0, 0, 0);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0);
	}
	return pid;
}

WORLD("A machine where a child inherits what was asked for",
      .breaks = "what_was_asked_for_a_parents_end_is_not_inherited",
      .spares = "a_child_may_ask_for_itself fork-42 fork_answers_twice", .fork = fork_with_wish);
