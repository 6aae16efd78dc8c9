/* SPDX-License-Identifier: MIT */
/* Who has the key gets the id, whatever he asks for. */
#include <sys/shm.h>

#include "worlds/world.h"

static int make(key_t key, size_t length, int flags)
{
	return shmget(key, length, flags & IPC_CREAT ? flags : 0);
}

WORLD("A machine where a key passes over the mode", .breaks = "a_key_does_not_pass_over_the_mode",
      .spares = "the_mode_decides_who_attaches sysv-05 sysv-06", .shmget = make);
