/* SPDX-License-Identifier: MIT */
/* Between parent and child there is another process, which waits and passes on how it has ended. */
#include <sys/wait.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t fork_twice(void)
{
	pid_t pid = fork(), child;
	int status = 0;

	if (pid != 0) {
		return pid;
	}
	child = fork();
	if (child == 0) {
		return 0;
	}
	waitpid(child, &status, 0);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}

WORLD("A machine whose fork makes a grandchild", .breaks = "fork_answers_twice",
      .spares = "clone_may_ask_for_silence fork-45", .fork = fork_twice);
