/* SPDX-License-Identifier: MIT */
/* A read into an address of the kernel is refused, but the bytes are gone from the pipe. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t take(int fd, void *buffer, size_t length)
{
	ssize_t answer = read(fd, buffer, length);
	char lost;

	if (answer < 0 && errno == EFAULT) {
		if (length == 1 && read(fd, &lost, 1) != 1) {
			return -1;
		}
		errno = EFAULT;
	}
	return answer;
}

WORLD("A machine where the kernel takes bytes before it looks where they go",
      .breaks = "the_kernel_stores_nothing_there",
      .spares = "the_kernel_gives_nothing_from_there an_own_buffer_is_served", .read = take);
