/* SPDX-License-Identifier: MIT */
/* A signal that waited before execve waits no more behind it. */
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	struct timespec no_time = {0, 0};
	sigset_t term;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigtimedwait(&term, NULL, &no_time);
	return execve(path, argv, envp);
}

WORLD("A machine where execve forgets pending signals", .breaks = "exec-39",
      .spares = "exec-38 exec-40", .execve = execute);
