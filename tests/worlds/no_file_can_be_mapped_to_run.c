/* SPDX-License-Identifier: MIT */
/* A file cannot be mapped to be executed, wherever it lies. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (protection & PROT_EXEC && !(flags & MAP_ANONYMOUS)) {
		errno = EPERM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where no file can be mapped to run", .breaks = "elsewhere_it_can_be_mapped_to_run",
      .spares = "mmap-23 mmap-25", .mmap = refuse);
