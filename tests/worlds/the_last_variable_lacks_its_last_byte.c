/* SPDX-License-Identifier: MIT */
/* Of many variables the last one loses its last byte. */
#include <string.h>
#include <unistd.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	enum { MANY = 100 };
	int count = count_words(envp);

	if (count > MANY) {
		envp[count - 1][strlen(envp[count - 1]) - 1] = '\0';
	}
	return execve(path, argv, envp);
}

WORLD("A machine where the last variable lacks its last byte", .breaks = "every_byte_arrives",
      .spares = "no_list_is_an_empty_list a_string_has_a_limit exec-36", .execve = execute);
