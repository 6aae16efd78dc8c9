/* SPDX-License-Identifier: MIT */
/* An object that is there is opened as it is. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	return shm_open(name, flags & ~O_TRUNC, mode);
}

WORLD("A machine whose shm_open overlooks O_TRUNC", .breaks = "shm-10",
      .spares = "shm-01 shm-11 shm-02", .shm_open = open_object);
