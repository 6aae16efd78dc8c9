/* SPDX-License-Identifier: MIT */
/* What the last of many programs stores is not kept. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	for (char *const *word = argv; word && *word; word++) {
		if (strcmp(*word, "mark=16") == 0) {
			(*word)[0] = '\0';
		}
	}
	return execve(path, argv, envp);
}

WORLD("A machine where the last program's stores are lost", .breaks = "exec-22",
      .spares = "exec-19 exec-20", .execve = execute);
