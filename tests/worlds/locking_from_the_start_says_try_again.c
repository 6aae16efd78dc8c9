/* SPDX-License-Identifier: MIT */
/* Who may lock nothing at all is told the error of those who have locked too much. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *say_again(void *address, size_t length, int protection, int flags, int fd,
		       off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area == MAP_FAILED && flags & MAP_LOCKED && errno == EPERM) {
		errno = EAGAIN;
	}
	return area;
}

WORLD("A machine where MAP_LOCKED never says EPERM", .breaks = "without_leave_nothing_is_locked",
      .spares = "mmap-08 mmap-09 too_much_is_refused", .mmap = say_again);
