/* SPDX-License-Identifier: MIT */
/* Of many words of pagemap the last one shows a number, whoever reads it. */
#include <unistd.h>
#include <stdint.h>

#include "worlds/world.h"

static ssize_t show(int fd, void *buffer, size_t length, off_t offset)
{
	ssize_t got = pread(fd, buffer, length, offset);

	if (got > 0 && got % 8 == 0) {
		uint64_t *last = (uint64_t *)buffer + got / 8 - 1;

		*last |= *last >> 63;
	}
	return got;
}

WORLD("A machine where the last word of pagemap shows a frame",
      .breaks = "the_unprivileged_see_no_numbers",
      .spares = "nobody_unprivileged_opens_memory_itself", .pread = show);
