/* SPDX-License-Identifier: MIT */
/* A new segment of 0 bytes gets a page. */
#include <stdbool.h>
#include <sys/shm.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int make(key_t key, size_t length, int flags)
{
	bool is_new = flags & IPC_CREAT && length == 0 && shmget(key, 0, 0) < 0;

	return shmget(key, is_new ? page_size() : length, flags);
}

WORLD("A machine where a segment of nothing is a page", .breaks = "sysv-15",
      .spares = "sysv-01 sysv-06 sysv-07", .shmget = make);
