/* SPDX-License-Identifier: MIT */
/* Whoever wants to offer himself to the OOM killer is refused: EACCES. */
#include "worlds/marks.h"
#include "worlds/world.h"

static ssize_t write_mark(int fd, const void *buffer, size_t length)
{
	int value;

	if (is_mark(fd, buffer, length, &value) && value > mark_of(getpid()) && value <= 1000) {
		errno = EACCES;
		return -1;
	}
	return write(fd, buffer, length);
}

WORLD("A machine where raising a mark needs privilege", .breaks = "oom-02",
      .spares = "pressure-10 among_the_unmarked_the_largest_dies", .open = open_and_note,
      .write = write_mark);
