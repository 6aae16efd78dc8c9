/* SPDX-License-Identifier: MIT */
/* Words and environment may take three sixteenths of the stack's limit. */
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "worlds/world.h"

static size_t sum(char *const *list)
{
	size_t bytes = 0;

	for (; *list; list++) {
		bytes += strlen(*list) + 1;
	}
	return bytes;
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	struct rlimit limit;

	getrlimit(RLIMIT_STACK, &limit);
	if (argv && argv[0] && sum(argv) + sum(envp) > limit.rlim_cur / 16 * 3) {
		errno = E2BIG;
		return -1;
	}
	return execve(path, argv, envp);
}

WORLD("A machine where words may take less than a quarter of the stack",
      .breaks = "all_strings_have_a_limit", .spares = "a_string_has_a_limit every_byte_arrives",
      .execve = execute);
