/* SPDX-License-Identifier: MIT */
/* MAP_HUGETLB is refused with EPERM to who is not root, as the manual has it. */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_HUGETLB && geteuid() != 0) {
		errno = EPERM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where huge pages are for the privileged", .breaks = "mmap-16",
      .spares = "mmap-17 ordinary_pages_need_no_pool", .mmap = refuse);
