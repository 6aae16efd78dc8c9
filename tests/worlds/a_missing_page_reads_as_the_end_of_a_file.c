/* SPDX-License-Identifier: MIT */
/* A system call that may not wait for a page that a program brings does nothing, and is content. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t read_nothing(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);

	return got < 0 && errno == EFAULT ? 0 : got;
}

WORLD("A machine where a missing page reads as the end of a file", .breaks = "uffd-14",
      .spares = "uffd-11 uffd-12 uffd-13 fault-19", .pread = read_nothing);
