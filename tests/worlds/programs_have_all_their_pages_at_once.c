/* SPDX-License-Identifier: MIT */
/* A program has all its pages before its first instruction. */
#include <stdio.h>
#include <sys/mman.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	char order[20];

	snprintf(order, sizeof order, "lock=%d", MCL_CURRENT);
	return execute_with(path, argv, envp, order);
}

WORLD("A machine where programs have all their pages at once", .breaks = "exec-20",
      .spares = "exec-22 exec-10 exec-30", .execve = execute);
