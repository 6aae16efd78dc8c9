/* SPDX-License-Identifier: MIT */
/* The mode of a new object is what was asked for, whatever the umask. */
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	int fd = shm_open(name, flags, mode);

	if (fd >= 0 && flags & O_EXCL) {
		fchmod(fd, mode);
	}
	return fd;
}

WORLD("A machine whose umask does not apply to shared objects", .breaks = "shm-11",
      .spares = "shm-01 shm-02 share-09", .shm_open = open_object);
