/* SPDX-License-Identifier: MIT */
/* A thread is a process of its own, which shares nothing. */
#include <sys/wait.h>
#include <unistd.h>

#include "worlds/world.h"

static void *nothing(void *argument)
{
	return argument;
}

static int create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
		  void *argument)
{
	pid_t pid = fork();

	if (pid == 0) {
		run(argument);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	return pthread_create(thread, attributes, nothing, NULL);
}

WORLD("A machine where threads have globals of their own",
      .breaks = "a_global_variable_is_one_for_all", .spares = "seg-01 seg-03",
      .pthread_create = create);
