/* SPDX-License-Identifier: MIT */
/* A value above 1000 is taken for 1000. */
#include "worlds/marks.h"
#include "worlds/world.h"

static ssize_t write_mark(int fd, const void *buffer, size_t length)
{
	int value;

	if (is_mark(fd, buffer, length, &value) && value > 1000) {
		return write(fd, "1000", 4) == 4 ? (ssize_t)length : -1;
	}
	return write(fd, buffer, length);
}

WORLD("A machine where a mark above the highest is cut", .breaks = "to_raise_it_needs_no_privilege",
      .spares =
	      "below_the_floor_is_eacces what_was_raised_may_be_taken_back the_floor_is_inherited",
      .open = open_and_note, .write = write_mark);
