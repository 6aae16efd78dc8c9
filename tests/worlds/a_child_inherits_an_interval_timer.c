/* SPDX-License-Identifier: MIT */
/* Of its parent's timers the child has the one that counts its processor time. */
#include <sys/time.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t fork_with_timer(void)
{
	struct itimerval before;
	pid_t pid;

	getitimer(ITIMER_PROF, &before);
	pid = fork();
	if (pid == 0) {
		setitimer(ITIMER_PROF, &before, NULL);
	}
	return pid;
}

WORLD("A machine where a child inherits an interval timer", .breaks = "no_timer_is_set",
      .spares = "the_parents_timers_go_on fork-31", .fork = fork_with_timer);
