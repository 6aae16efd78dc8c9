/* SPDX-License-Identifier: MIT */
/* What the mode denies the owner is allowed all the same. */
#include <sys/shm.h>

#include "worlds/world.h"

static int make(key_t key, size_t length, int flags)
{
	return shmget(key, length, flags & IPC_CREAT ? flags | 0600 : flags);
}

WORLD("A machine where the owner of a segment needs no leave", .breaks = "sysv-13",
      .spares = "sysv-05 sysv-01 sysv-06", .shmget = make);
