/* SPDX-License-Identifier: MIT */
/* The second call with IPC_PRIVATE finds the segment of the first. */
#include <sys/shm.h>

#include "worlds/world.h"

static int make(key_t key, size_t length, int flags)
{
	static int former = -1;

	if (key != IPC_PRIVATE) {
		return shmget(key, length, flags);
	}
	if (former < 0) {
		former = shmget(key, length, flags);
	}
	return former;
}

WORLD("A machine where IPC_PRIVATE is a key like others", .breaks = "sysv-07",
      .spares = "sysv-06 sysv-15", .shmget = make);
