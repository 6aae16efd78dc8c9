/* SPDX-License-Identifier: MIT */
/* A new program ignores what would end it, until it has said otherwise. */
#include <signal.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	signal(SIGUSR1, SIG_IGN);
	return execve(path, argv, envp);
}

WORLD("A machine where signals do not end a new program",
      .breaks = "handlers_are_reset without_arrangements_a_signal_ends_it",
      .spares = "ignored_signals_stay_ignored exec-39 exec-40", .execve = execute);
