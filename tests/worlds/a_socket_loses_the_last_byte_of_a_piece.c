/* SPDX-License-Identifier: MIT */
/* What is queued in a socket is a copy that lacks its last byte. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t put(int fd, const void *bytes, size_t length)
{
	static char copy[1024];
	struct stat status;

	if (length != sizeof copy || fstat(fd, &status) != 0 || !S_ISSOCK(status.st_mode)) {
		return write(fd, bytes, length);
	}
	memcpy(copy, bytes, sizeof copy - 1);
	return write(fd, copy, length);
}

WORLD("A machine where a socket loses the last byte of a piece",
      .breaks = "what_is_queued_outlives_its_buffer what_is_queued_is_counted",
      .spares = "the_same_bytes_in_memory_cost_pages kernel-03", .write = put);
