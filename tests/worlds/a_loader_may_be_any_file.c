/* SPDX-License-Identifier: MIT */
/* A loader in no known format is a format not known. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int answer = execve(path, argv, envp);

	errno = errno == ELIBBAD ? ENOEXEC : errno;
	return answer;
}

WORLD("A machine that has one errno for files and loaders in no known format",
      .breaks = "a_loader_has_to_be_a_program the_first_loader_counts",
      .spares = "an_interpreter_has_to_be_there files_that_are_no_program", .execve = execute);
