/* SPDX-License-Identifier: MIT */
/* A signal that pends for the whole process pends in the child, too. */
#include <signal.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t fork_with_signals(void)
{
	sigset_t pending;
	pid_t pid;

	sigpending(&pending);
	pid = fork();
	if (pid == 0 && sigismember(&pending, SIGUSR2)) {
		kill(getpid(), SIGUSR2);
	}
	return pid;
}

WORLD("A machine where a child gets its parent's signals", .breaks = "no_signal_is_pending",
      .spares = "fork-40 fork-35 who_sends_to_a_child_reaches_it", .fork = fork_with_signals);
