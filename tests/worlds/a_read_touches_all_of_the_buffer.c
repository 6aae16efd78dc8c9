/* SPDX-License-Identifier: MIT */
/* A read touches all of the buffer that it is given, whatever it delivers. */
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t fill(int fd, void *buffer, size_t length, off_t offset)
{
	for (size_t i = 0; i < length; i += page_size()) {
		store((char *)buffer + i, 0);
	}
	return pread(fd, buffer, length, offset);
}

WORLD("A machine where a read touches all of its buffer",
      .breaks = "only_what_is_delivered_attaches",
      .spares = "the_kernel_faults_for_the_program a_system_call_may_store_anywhere "
		"lazy-13",
      .pread = fill);
