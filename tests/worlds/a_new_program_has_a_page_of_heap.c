/* SPDX-License-Identifier: MIT */
/* Above the break of a new program there is a page already. */
#include <string.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static void answer(char *line)
{
	if (strcmp(line, "above_break=0\n") == 0) {
		strcpy(line, "above_break=1\n");
	}
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	return execute_rewritten(path, argv, envp, answer);
}

WORLD("A machine where a new program has a page of heap", .breaks = "exec-10",
      .spares = "exec-42 exec-34 arguments_are_on_the_stack", .by = "reading", .execve = execute);
