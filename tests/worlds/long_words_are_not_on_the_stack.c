/* SPDX-License-Identifier: MIT */
/* A word that is very long stays where it was. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	enum { VERY_LONG = 90 * 1024 };

	for (char *const *word = argv; word && *word; word++) {
		if (strlen(*word) > VERY_LONG) {
			(*word)[1] = '\0';
		}
	}
	return execve(path, argv, envp);
}

WORLD("A machine where long words are not on the stack",
      .breaks = "arguments_are_on_the_stack a_longer_word_uses_more_of_it",
      .spares = "the_stack_is_in_use every_byte_arrives", .execve = execute);
