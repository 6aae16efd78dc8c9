/* SPDX-License-Identifier: MIT */
/* A segment counts those who have called shmat, and not their children. */
#include <sys/shm.h>

#include "worlds/world.h"

static int control(int id, int command, struct shmid_ds *state)
{
	int answer = shmctl(id, command, state);

	if (command == IPC_STAT && answer == 0) {
		state->shm_nattch = 1;
	}
	return answer;
}

WORLD("A machine whose fork counts no attachment", .breaks = "each_attachment_is_counted",
      .spares = "it_is_one_memory", .shmctl = control);
