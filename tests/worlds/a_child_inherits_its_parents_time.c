/* SPDX-License-Identifier: MIT */
/* The child goes on with the processor time that its parent has used. */
#include <time.h>
#include <unistd.h>

#include "worlds/world.h"

static struct timespec inherited;

static int tell(clockid_t clock, struct timespec *time)
{
	int answer = clock_gettime(clock, time);

	if (clock == CLOCK_PROCESS_CPUTIME_ID) {
		time->tv_sec += inherited.tv_sec;
		time->tv_nsec += inherited.tv_nsec;
	}
	return answer;
}

static pid_t fork_with_time(void)
{
	struct timespec before;
	pid_t pid;

	tell(CLOCK_PROCESS_CPUTIME_ID, &before);
	pid = fork();
	if (pid == 0) {
		inherited = before;
	}
	return pid;
}

WORLD("A machine where a child inherits its parent's time", .breaks = "time_is_counted_from_nought",
      .spares = "faults_are_counted_from_nought fork-31", .fork = fork_with_time,
      .clock_gettime = tell);
