/* SPDX-License-Identifier: MIT */
/* A name that is too long leads to nothing, as any other name would. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int answer = execve(path, argv, envp);

	errno = errno == ENAMETOOLONG ? ENOENT : errno;
	return answer;
}

WORLD("A machine that looks up a name of any length", .breaks = "names_that_lead_nowhere",
      .spares = "files_that_are_no_program arguments_that_cannot_be_read", .execve = execute);
