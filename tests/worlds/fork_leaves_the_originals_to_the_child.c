/* SPDX-License-Identifier: MIT */
/*
 * The parent is moved to new frames before the child goes on, and has its permission back at once.
 * Every byte is right, and whoever knew a frame of the parent now knows one of the child.
 */
#include <unistd.h>

#include "worlds/acts.h"

static pid_t fork_and_move(void)
{
	int gate[2];
	char none;

	if (pipe(gate) != 0) {
		return -1;
	}

	pid_t pid = fork();

	if (pid > 0) {
		gate_each_mapping(part_pages);
	} else if (pid == 0) {
		close(gate[1]);
		(void)!read(gate[0], &none, 1);
	}
	close(gate[0]);
	if (pid != 0) {
		close(gate[1]);
	}
	return pid;
}

WORLD("A machine whose fork leaves the original frames to the child, and copies for the parent",
      .breaks = "fork-07", .spares = "fork-03", .fork = fork_and_move);
