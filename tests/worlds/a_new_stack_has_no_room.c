/* SPDX-License-Identifier: MIT */
/* The new program may use of its stack what is used already, and no more. */
#include <sys/resource.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	struct rlimit limit;

	getrlimit(RLIMIT_STACK, &limit);
	limit.rlim_cur = limit.rlim_cur < 65536 ? limit.rlim_cur : 65536;
	setrlimit(RLIMIT_STACK, &limit);
	return execve(path, argv, envp);
}

WORLD("A machine where a new stack has no room", .breaks = "the_stack_has_room",
      .spares = "the_stack_is_in_use exec-10 exec-36", .execve = execute);
