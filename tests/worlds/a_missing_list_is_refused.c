/* SPDX-License-Identifier: MIT */
/* NULL is a list that cannot be read, as on other systems. */
#include <errno.h>
#include <stddef.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	char *const *volatile words = argv; /* the compiler believes that it is there */

	if (words == NULL) {
		errno = EFAULT;
		return -1;
	}
	return execve(path, argv, envp);
}

WORLD("A machine that refuses a missing list", .breaks = "no_list_is_an_empty_list",
      .spares = "every_byte_arrives exec-33", .execve = execute);
