/* SPDX-License-Identifier: MIT */
/* A chain of scripts that is too long leads to nothing. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int answer = execve(path, argv, envp);

	errno = errno == ELOOP ? ENOENT : errno;
	return answer;
}

WORLD("A machine where a chain of scripts that is too long leads to nothing",
      .breaks = "scripts_of_scripts_have_an_end",
      .spares = "a_script_runs_its_interpreter an_interpreter_has_to_be_there", .execve = execute);
