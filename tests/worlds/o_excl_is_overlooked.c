/* SPDX-License-Identifier: MIT */
/* A name that is taken is opened, though it was to be a new one. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	return shm_open(name, flags & ~O_EXCL, mode);
}

WORLD("A machine whose shm_open overlooks O_EXCL", .breaks = "shm-02",
      .spares = "shm-01 shm-03 shm-05", .shm_open = open_object);
