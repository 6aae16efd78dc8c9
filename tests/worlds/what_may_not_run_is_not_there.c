/* SPDX-License-Identifier: MIT */
/* What exists but may not be executed is said to be missing. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int answer = execve(path, argv, envp);

	errno = errno == EACCES ? ENOENT : errno;
	return answer;
}

WORLD("A machine where what may not run is not there",
      .breaks = "names_that_lead_nowhere files_that_are_no_program an_interpreter_has_to_be_there "
		"a_loader_has_to_be_a_program",
      .spares = "the_caller_is_as_before arguments_that_cannot_be_read the_first_loader_counts",
      .execve = execute);
