/* SPDX-License-Identifier: MIT */
/* A child's end is no news to anybody who does not wait for it. */
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t fork_silently(void)
{
	return (pid_t)syscall(SYS_clone, 0, 0, 0, 0, 0);
}

static pid_t wait_for(pid_t pid, int *status, int options)
{
	return waitpid(pid, status, options | __WALL);
}

WORLD("A machine whose fork asks for no signal", .breaks = "its_end_is_told_by_sigchld",
      .spares = "fork_answers_twice clone_may_ask_for_silence", .fork = fork_silently,
      .waitpid = wait_for);
