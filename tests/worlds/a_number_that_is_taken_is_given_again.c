/* SPDX-License-Identifier: MIT */
/* While the first child lives, or was not yet waited for, its number is given to the next ones. */
#include <signal.h>
#include <unistd.h>

#include "worlds/world.h"

static pid_t first;

static pid_t fork_with_the_same_number(void)
{
	pid_t pid = fork();

	if (pid > 0) {
		if (!first || kill(first, 0) != 0) {
			first = pid;
		}
		pid = first;
	}
	return pid;
}

WORLD("A machine which gives a process number that is still taken",
      .breaks = "no_two_living_processes_share_a_number a_number_is_kept_until_it_was_waited_for",
      .spares = "both_sides_agree_on_the_number fork-02", .fork = fork_with_the_same_number);
