/* SPDX-License-Identifier: MIT */
/* Where the kernel's page is told to be there is no ELF image. */
#include <string.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static void alter(char *line)
{
	if (strcmp(line, "kernel_page_is_elf=1\n") == 0) {
		strcpy(line, "kernel_page_is_elf=0\n");
	}
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	return execute_rewritten(path, argv, envp, alter);
}

WORLD("A machine where the kernel's page is empty", .breaks = "it_gives_a_page_of_the_kernels",
      .spares = "it_gives_random_bytes it_tells_where_the_program_is", .by = "reading",
      .execve = execute);
