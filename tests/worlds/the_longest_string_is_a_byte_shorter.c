/* SPDX-License-Identifier: MIT */
/* A string may take 32 pages less a byte. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int too_long(char *const *list)
{
	for (; *list; list++) {
		if (strlen(*list) + 1 == 32 * page_size()) {
			return 1;
		}
	}
	return 0;
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	if (too_long(argv)) {
		errno = E2BIG;
		return -1;
	}
	return execve(path, argv, envp);
}

WORLD("A machine where the longest word is a byte shorter", .breaks = "a_string_has_a_limit",
      .spares = "all_strings_have_a_limit exec-34", .execve = execute);
