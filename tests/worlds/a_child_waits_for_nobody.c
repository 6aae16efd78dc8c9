/* SPDX-License-Identifier: MIT */
/* A child that waits for its own child sees it end, and takes over nothing of its account. */
#include <stdbool.h>
#include <sys/wait.h>

#include "worlds/world.h"

static bool is_child;

static void born(void)
{
	is_child = true;
}

static pid_t see_it_end(pid_t pid, int *status, int options)
{
	siginfo_t info;

	if (!is_child) {
		return waitpid(pid, status, options);
	}
	return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == 0 ? pid : -1;
}

WORLD("A machine where a child waits for nobody",
      .breaks = "grandchildren_come_through_their_parents",
      .spares = "rusage-03 rusage-05 rusage-06", .born = born, .waitpid = see_it_end);
