/* SPDX-License-Identifier: MIT */
/* read(2) into a guard says that it went through. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t get(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);

	return got < 0 && errno == EFAULT ? (ssize_t)length : got;
}

WORLD("A machine whose kernel passes light guards", .breaks = "the_kernel_meets_it_too",
      .spares = "other_calls_leave_it madvise-39 prot-17", .pread = get);
