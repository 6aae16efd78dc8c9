/* SPDX-License-Identifier: MIT */
/* Each process maps the libraries from a copy of their files, made for it. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	static const char preload[] = "LD_PRELOAD=";
	const char *library = envp && envp[0] ? strstr(envp[0], preload) : NULL;
	char variable[60];

	if (library) {
		int from = open(library + sizeof preload - 1, O_RDONLY | O_CLOEXEC);
		int to = memfd_create("copy", 0);

		while (sendfile(to, from, NULL, 1 << 16) > 0) {
		}
		snprintf(variable, sizeof variable, "%s/proc/self/fd/%d", preload, to);
		return execve(path, argv, (char *[]){variable, NULL});
	}
	return execve(path, argv, envp);
}

WORLD("A machine where each process gets a copy of its library", .breaks = "its_code_is_there_once",
      .spares = "each_process_has_its_data nothing_of_it_is_mapped_shared exec-19",
      .execve = execute);
