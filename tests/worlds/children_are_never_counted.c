/* SPDX-License-Identifier: MIT */
/*
 * Whatever a child does, nothing of it is counted. (Here it is done by a child of its own, that is
 * never waited for.)
 */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t fork_twice(void)
{
	pid_t child = fork();

	if (child != 0) {
		return child;
	}

	signal(SIGCHLD, SIG_IGN); /* who ends now is not waited for */

	pid_t worker = fork();

	if (worker == 0) {
		signal(SIGCHLD, SIG_DFL);
		return 0;
	}
	waitpid(worker, NULL, 0);
	_exit(worker < 0);
}

WORLD("A machine where children are never counted",
      .breaks = "waiting_is_what_counts of_children_the_largest_is_kept execve_does_not_forget_it"
		" a_descendant_counts_with_who_waits_for_it.a_child_that_is_waited_for_counts",
      .spares = "rusage-01 rusage-02 rusage-05 rusage-07 rusage-11 rusage-12 rusage-13",
      .fork = fork_twice);
