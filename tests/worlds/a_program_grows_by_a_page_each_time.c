/* SPDX-License-Identifier: MIT */
/* A program that is told to do its work a second time is told to store into other pages, too. */
#include <string.h>
#include <unistd.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int times = 0;

	for (int i = 0; i < count_words(argv); i++) {
		times += strcmp(argv[i], "phases") == 0;
	}
	return times > 1 ? execute_with(path, argv, envp, "mark=1") : execve(path, argv, envp);
}

WORLD("A machine whose programs grow whenever they do their work again",
      .breaks = "the_working_set_settles", .spares = "the_steps_come_in_their_order exec-20",
      .execve = execute);
