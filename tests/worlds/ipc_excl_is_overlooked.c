/* SPDX-License-Identifier: MIT */
/* A key that is taken is opened, though it was to be a new one. */
#include <sys/shm.h>

#include "worlds/world.h"

static int make(key_t key, size_t length, int flags)
{
	return shmget(key, length, flags & ~IPC_EXCL);
}

WORLD("A machine whose shmget overlooks IPC_EXCL", .breaks = "exclusive_means_a_new_one",
      .spares = "a_key_is_all_that_two_processes_need sysv-07 sysv-15 shm-02", .shmget = make);
