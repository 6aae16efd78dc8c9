/* SPDX-License-Identifier: MIT */
/* IPC_SET is accepted and changes nothing. */
#include <sys/shm.h>

#include "worlds/world.h"

static int control(int id, int command, struct shmid_ds *state)
{
	return command == IPC_SET ? 0 : shmctl(id, command, state);
}

WORLD("A machine where IPC_SET forgets the mode", .breaks = "sysv-14",
      .spares = "sysv-13 sysv-05 sysv-10", .shmctl = control);
