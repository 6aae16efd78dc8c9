/* SPDX-License-Identifier: MIT */
/* A signal that was handled is ignored in the new program. */
#include <signal.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	struct sigaction action;

	if (sigaction(SIGUSR1, NULL, &action) == 0 && action.sa_handler != SIG_DFL) {
		signal(SIGUSR1, SIG_IGN);
	}
	return execve(path, argv, envp);
}

WORLD("A machine where a handled signal is ignored after execve", .breaks = "handlers_are_reset",
      .spares = "ignored_signals_stay_ignored exec-39 exec-40", .execve = execute);
