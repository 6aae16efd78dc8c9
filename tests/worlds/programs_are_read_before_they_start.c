/* SPDX-License-Identifier: MIT */
/* Before it starts a program its file is read, again and again. */
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	enum { TIMES = 50, PIECE = 65536 };
	static char bytes[PIECE];
	int file = open(path, O_RDONLY | O_CLOEXEC);

	for (int i = 0; i < TIMES; i++) {
		lseek(file, 0, SEEK_SET);
		while (read(file, bytes, sizeof bytes) > 0) {
		}
	}
	close(file);
	return execve(path, argv, envp);
}

WORLD("A machine that reads programs before they start",
      .breaks = "a_large_file_starts_as_fast exec-17",
      .spares = "an_unused_table_costs_nothing exec-15 exec-34", .execve = execute);
