/* SPDX-License-Identifier: MIT */
/* execve that is refused has taken the marks from descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int answer = execve(path, argv, envp);

	for (int fd = 3; fd < 1024; fd++) {
		fcntl(fd, F_SETFD, 0);
	}
	errno = ENOENT;
	return answer;
}

WORLD("A machine where a refused execve takes the marks",
      .breaks = "a_refused_execve_closes_nothing", .spares = "descriptors_stay_unless_marked",
      .execve = execute);
