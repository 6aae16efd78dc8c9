/* SPDX-License-Identifier: MIT */
/* Whatever a program has far from its code, its first page is loaded with it. */
#include <unistd.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	char *const more[] = {argv[0], "load_from=1610612736", "load=1", argv[1], argv[2], argv[3],
			      NULL};

	return execve(path, count_words(argv) == 3 ? more : argv, envp);
}

WORLD("A machine that loads the first page of each table",
      .breaks = "an_unused_table_costs_nothing",
      .spares = "a_table_in_use_is_resident nothing_is_resident_at_first", .execve = execute);
