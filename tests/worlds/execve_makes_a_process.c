/* SPDX-License-Identifier: MIT */
/* The new program runs in a process of its own, and the caller waits for it. */
#include "worlds/programs.h"
#include "worlds/world.h"

static void leave_it(char *line)
{
	(void)line;
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	return execute_rewritten(path, argv, envp, leave_it);
}

WORLD("A machine whose execve makes a process",
      .breaks = "the_number_stays the_program_is_another_one exec-30",
      .spares = "no_area_is_left exec-34 an_execve_that_succeeds_does_not_return",
      .execve = execute);
