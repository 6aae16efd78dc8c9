/* SPDX-License-Identifier: MIT */
/* A private mapping of a file cannot be had to be written. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_PRIVATE && !(flags & MAP_ANONYMOUS) && protection & PROT_WRITE) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a private mapping of a file is only read",
      .breaks = "without_the_limit_they_are_granted a_private_mapping_needs_only_to_read",
      .spares = "permission_counts map-12", .mmap = refuse);
