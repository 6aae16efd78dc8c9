/* SPDX-License-Identifier: MIT */
/* Run by its descriptor a program is told a name by way of /proc, and loses its last word. */
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static long call(long number, const long argument[6])
{
	char *const *argv = (char *const *)argument[2], *const *envp = (char *const *)argument[3];
	const char *path = (const char *)argument[1];
	char name[40], *words[10] = {NULL};

	if (number != SYS_execveat || *path || argument[4] == 0) {
		return syscall(number, argument[0], path, argv, envp, argument[4]);
	}
	for (int i = 0; i < 9 && argv[i] && argv[i + 1]; i++) {
		words[i] = argv[i];
	}
	snprintf(name, sizeof name, "/proc/self/fd/%ld", argument[0]);
	return execve(name, words, envp);
}

WORLD("A machine where a program run by its descriptor is told otherwise", .breaks = "exec-43",
      .spares = "exec-42 exec-34 the_caller_is_as_before", .syscall = call);
