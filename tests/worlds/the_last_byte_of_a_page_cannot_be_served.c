/* SPDX-License-Identifier: MIT */
/* A buffer that ends with its page is told as not there. */
#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t put(int fd, const void *bytes, size_t length)
{
	if (((uintptr_t)bytes + length) % page_size() == 0) {
		errno = EFAULT;
		return -1;
	}
	return write(fd, bytes, length);
}

WORLD("A machine where a buffer that ends with its page is not served",
      .breaks = "an_own_buffer_is_served",
      .spares = "the_kernel_stores_nothing_there the_kernel_gives_nothing_from_there",
      .write = put);
