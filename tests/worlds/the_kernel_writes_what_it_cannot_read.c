/* SPDX-License-Identifier: MIT */
/* A write from memory that is not there writes zeros in its place. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t put(int fd, const void *bytes, size_t length)
{
	static const char zeros[100];
	ssize_t answer = write(fd, bytes, length);

	if (answer < (ssize_t)length && (answer >= 0 || errno == EFAULT) && length <= 100) {
		if (answer < 0 || write(fd, zeros, length - (size_t)answer) < 0) {
			answer = write(fd, zeros, length);
		}
		return (ssize_t)length;
	}
	return answer;
}

WORLD("A machine where the kernel writes zeros for what it cannot read",
      .breaks = "the_kernel_gives_nothing_from_there what_begins_before_it_ends_before_it",
      .spares = "the_kernel_stores_nothing_there an_own_buffer_is_served", .write = put);
