/* SPDX-License-Identifier: MIT */
/* read(2) into more than memory is left for is ENOMEM. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

static size_t most = (size_t)-1;

static struct memory_group make(size_t limit)
{
	most = limit;
	return guard_memory_group(limit);
}

static ssize_t read_some(int fd, void *buffer, size_t length)
{
	if (length > most) {
		errno = ENOMEM;
		return -1;
	}
	return read(fd, buffer, length);
}

WORLD("A machine whose read says that memory is short",
      .breaks = "a_call_that_needs_memory_does_not_return",
      .spares = "a_store_beyond_the_limit_is_a_kill no_handler_is_asked",
      .guard_memory_group = make, .read = read_some);
