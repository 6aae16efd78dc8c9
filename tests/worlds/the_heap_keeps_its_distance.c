/* SPDX-License-Identifier: MIT */
/* A program's heap begins a mebibyte behind its first instruction, wherever that is. */
#include <stdio.h>
#include <string.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static unsigned long long entry;

static void move_break(char *line)
{
	if (strncmp(line, "break=", 6) == 0 && entry != 0) {
		sprintf(line, "break=%llu\n", entry + 1024 * 1024);
	}
	sscanf(line, "entry=%llu", &entry);
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	return execute_rewritten(path, argv, envp, move_break);
}

WORLD("A machine whose heap keeps its distance from the program",
      .breaks = "each_part_moves_by_itself",
      .spares = "no_part_stays_where_it_was without_randomness_nothing_moves", .by = "reading",
      .execve = execute);
