/* SPDX-License-Identifier: MIT */
/* Who waits for a child that died of SIGBUS is told SIGSEGV. */
#include <signal.h>
#include <sys/wait.h>

#include "worlds/world.h"

static pid_t wait_for(pid_t pid, int *status, int options)
{
	pid_t child = waitpid(pid, status, options);

	if (child > 0 && status && WIFSIGNALED(*status) && WTERMSIG(*status) == SIGBUS) {
		*status += SIGSEGV - SIGBUS;
	}
	return child;
}

WORLD("A machine where a bus error ends like a segmentation fault",
      .breaks = "ignored_it_kills blocked_it_kills", .spares = "sigact-10 sigact-04 sigact-07",
      .waitpid = wait_for);
