/* SPDX-License-Identifier: MIT */
/* A value can be raised, and never be lowered again without privilege. */
#include "worlds/marks.h"
#include "worlds/world.h"

static ssize_t write_mark(int fd, const void *buffer, size_t length)
{
	int value;

	if (is_mark(fd, buffer, length, &value) && value < mark_of(getpid()) && value >= -1000) {
		errno = EACCES;
		return -1;
	}
	return write(fd, buffer, length);
}

WORLD("A machine where what was raised stays raised",
      .breaks = "what_was_raised_may_be_taken_back the_floor_is_inherited",
      .spares = "to_raise_it_needs_no_privilege below_the_floor_is_eacces", .open = open_and_note,
      .write = write_mark);
