/* SPDX-License-Identifier: MIT */
/* execve does not look at the marks of descriptors. */
#include <fcntl.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	for (int fd = 3; fd < 1024; fd++) {
		fcntl(fd, F_SETFD, 0);
	}
	return execve(path, argv, envp);
}

WORLD("A machine where marked descriptors stay open over execve",
      .breaks = "descriptors_stay_unless_marked", .spares = "exec-38 exec-40", .execve = execute);
