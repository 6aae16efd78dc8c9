/* SPDX-License-Identifier: MIT */
/* The new program has an alternate signal stack. */
#include <stddef.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	return execute_with(path, argv, envp, "alternate_stack");
}

WORLD("A machine where the alternate stack stays over execve", .breaks = "exec-40",
      .spares = "exec-38 exec-39", .execve = execute);
