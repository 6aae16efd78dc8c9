/* SPDX-License-Identifier: MIT */
/* A child whose parent ignores SIGCHLD is counted before it vanishes. */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>

#include "worlds/world.h"

static bool ignored;

static int act(int signal, const struct sigaction *action, struct sigaction *before)
{
	if (signal == SIGCHLD && action && action->sa_handler == SIG_IGN) {
		ignored = true;
		return sigaction(signal, NULL, before);
	}
	return sigaction(signal, action, before);
}

static pid_t wait_for(pid_t pid, int *status, int options)
{
	pid_t ended = waitpid(pid, status, options);

	if (ignored && ended > 0) {
		errno = ECHILD;
		return -1;
	}
	return ended;
}

WORLD("A machine where an ignored child counts", .breaks = "who_ignores_sigchld_keeps_no_account",
      .spares = "rusage-03 rusage-04 rusage-06", .sigaction = act, .waitpid = wait_for);
