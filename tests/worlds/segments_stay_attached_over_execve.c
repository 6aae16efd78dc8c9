/* SPDX-License-Identifier: MIT */
/* What the old program had attached is kept, in memory that nobody runs in. */
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	int told[2];
	char byte;

	if (pipe(told) == 0 && fork() == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (int fd = 0; fd < 1024; fd++) {
			if (fd != told[1]) {
				close(fd);
			}
		}
		close(told[1]);
		for (;;) {
			pause();
		}
	}
	close(told[1]);
	(void)!read(told[0], &byte, 1); /* until the other has closed what it must not keep open */
	return execve(path, argv, envp);
}

WORLD("A machine where segments stay attached over execve", .breaks = "segments_are_detached",
      .spares = "locks_are_not_kept no_area_is_left", .execve = execute);
