/* SPDX-License-Identifier: MIT */
/* A read that comes to the end of the file stores one byte more than it tells. */
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t fill(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);

	if (got > 0 && (size_t)got < length) {
		store((char *)buffer + got, 'r');
	}
	return got;
}

WORLD("A machine where a read stores a byte too many",
      .breaks = "a_system_call_may_store_anywhere only_what_is_delivered_attaches",
      .spares = "the_kernel_faults_for_the_program lazy-13", .pread = fill);
