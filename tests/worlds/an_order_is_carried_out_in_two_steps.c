/* SPDX-License-Identifier: MIT */
/* MAP_FIXED unmaps what is there, and takes its time until it maps. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/gate.h"

static void *hesitate(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (!(flags & MAP_FIXED) || !(flags & MAP_ANONYMOUS) || !gate_mapping_of(address)) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	munmap(address, length);
	usleep(1000);
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_FIXED unmaps first and maps later", .breaks = "mmap-04",
      .spares = "mmap-03 two_steps_leave_a_gap", .mmap = hesitate);
