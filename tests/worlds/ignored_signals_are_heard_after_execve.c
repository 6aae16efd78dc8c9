/* SPDX-License-Identifier: MIT */
/* What was ignored has its default effect in the new program. */
#include <signal.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	struct sigaction action;

	if (sigaction(SIGUSR2, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
		signal(SIGUSR2, SIG_DFL);
	}
	return execve(path, argv, envp);
}

WORLD("A machine where ignored signals are heard after execve",
      .breaks = "ignored_signals_stay_ignored", .spares = "handlers_are_reset exec-39 exec-40",
      .execve = execute);
