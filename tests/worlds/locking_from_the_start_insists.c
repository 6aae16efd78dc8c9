/* SPDX-License-Identifier: MIT */
/* Where a page cannot be had MAP_LOCKED fails, as mlock does. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *insist(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_LOCKED && protection == PROT_NONE) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_LOCKED fails for a page that cannot be had", .breaks = "mmap-09",
      .spares = "mmap-08 without_leave_nothing_is_locked", .mmap = insist);
