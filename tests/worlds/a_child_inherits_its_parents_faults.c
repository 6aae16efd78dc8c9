/* SPDX-License-Identifier: MIT */
/* The child goes on with its parent's count of page faults. */
#include <unistd.h>

#include "worlds/world.h"

static struct faults inherited;

static pid_t fork_with_faults(void)
{
	struct faults before = faults_now();
	pid_t pid = fork();

	if (pid == 0) {
		inherited.minor += before.minor;
		inherited.major += before.major;
	}
	return pid;
}

static struct faults count(void)
{
	struct faults now = faults_now();

	now.minor += inherited.minor;
	now.major += inherited.major;
	return now;
}

WORLD("A machine where a child inherits its parent's faults",
      .breaks = "faults_are_counted_from_nought",
      .spares = "the_parent_gets_the_childs time_is_counted_from_nought", .by = "reading",
      .fork = fork_with_faults, .faults_now = count);
