/* SPDX-License-Identifier: MIT */
/* An object that is there is opened without FD_CLOEXEC. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	int fd = shm_open(name, flags, mode);

	if (fd >= 0 && !(flags & O_CREAT)) {
		fcntl(fd, F_SETFD, 0);
	}
	return fd;
}

WORLD("A machine where programs inherit the shared objects that were opened", .breaks = "shm-07",
      .spares = "shm-05 shm-06 shm-08", .shm_open = open_object);
