/* SPDX-License-Identifier: MIT */
/* Of what is read from a pipe the last byte is not stored. */
#include <unistd.h>

#include "worlds/world.h"

static ssize_t take(int fd, void *bytes, size_t length)
{
	struct stat status;
	unsigned char *last = (unsigned char *)bytes + length - 1, before = length ? *last : 0;
	ssize_t got = read(fd, bytes, length);

	if (got > 1 && (size_t)got == length && fstat(fd, &status) == 0 &&
	    S_ISFIFO(status.st_mode)) {
		*last = before;
	}
	return got;
}

WORLD("A machine where a pipe loses the last byte of a message",
      .breaks = "they_arrive_whole what_was_received_stays",
      .spares = "share-03 share-10 shared_pages_have_one_frame", .read = take);
