/* SPDX-License-Identifier: MIT */
/* A string that reaches into nothing is taken for one that is too long. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int answer = execve(path, argv, envp);

	errno = errno == EFAULT ? E2BIG : errno;
	return answer;
}

WORLD("A machine where words without an end are too long",
      .breaks = "arguments_that_cannot_be_read the_caller_is_as_before",
      .spares = "names_that_lead_nowhere files_that_are_no_program exec-35", .execve = execute);
