/* SPDX-License-Identifier: MIT */
/* A program that is to run up to its next system call stays where it is. */
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <signal.h>

#include "worlds/world.h"

static long trace(int request, pid_t pid, void *address, void *data)
{
	if (request != PTRACE_SYSCALL) {
		return ptrace((__typeof__(PTRACE_CONT))request, pid, address, data);
	}
	return 0;
}

static pid_t wait_for(pid_t pid, int *status, int options)
{
	(void)options;
	*status = SIGTRAP << 8 | 0x7f; /* stopped */
	return pid;
}

WORLD("A machine where a traced program never begins", .breaks = "the_steps_come_in_their_order",
      .spares = "the_working_set_settles exec-15", .ptrace = trace, .waitpid = wait_for);
