/* SPDX-License-Identifier: MIT */
/* A program is told half the size of a page, and sixteen bytes that are always the same. */
#include <stdio.h>
#include <string.h>

#include <touchstone/memory.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static void alter(char *line)
{
	if (strncmp(line, "pagesz=", 7) == 0) {
		sprintf(line, "pagesz=%zu\n", page_size() / 2);
	} else if (strncmp(line, "random_byte=", 12) == 0) {
		strcpy(line, "random_byte=7\n");
	}
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	return execute_rewritten(path, argv, envp, alter);
}

WORLD("A machine that tells half a page, and nothing random",
      .breaks = "it_tells_about_the_machine_and_the_user it_gives_random_bytes",
      .spares = "it_tells_where_the_program_is it_gives_a_page_of_the_kernels", .by = "reading",
      .execve = execute);
