/* SPDX-License-Identifier: MIT */
/* Where a process is killed for want of memory, all others that its parent has go with it. */
#include <signal.h>
#include <sys/wait.h>

#include "worlds/world.h"

enum { CHILDREN = 8 };

static pid_t children[CHILDREN];
static size_t count;

static void note(pid_t child)
{
	children[count++ % CHILDREN] = child;
}

static pid_t wait_for(pid_t pid, int *status, int options)
{
	pid_t ended = waitpid(pid, status, options);

	for (size_t i = 0; i < CHILDREN && i < count; i++) {
		if (children[i] == ended) {
			children[i] = 0;
		}
		if (WIFSIGNALED(*status) && WTERMSIG(*status) == SIGKILL && children[i]) {
			kill(children[i], SIGKILL);
		}
	}
	return ended;
}

WORLD("A machine where a kill takes others along",
      .breaks = "pressure-11 nobody_outside_dies_with_it as_a_rule_one_is_enough",
      .spares = "pressure-10 the_marked_one_dies_for_a_larger_one "
		"within_the_group_the_same_one_dies",
      .forked = note, .waitpid = wait_for);
