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
      .breaks =
	      "fork-05 fork-07 fork-09 cow-11 reading_parts_nothing who_survives_keeps_the_frames "
	      "the_permission_comes_back_by_a_fault who_took_a_copy_owns_nothing_here_any_more",
      .spares = "fork-02 fork-03 fork-04 fork-08 the_parent_keeps_the_frames_the_device_knows "
		"the_last_owner_may_be_the_child",
      .fork = fork_and_move);
