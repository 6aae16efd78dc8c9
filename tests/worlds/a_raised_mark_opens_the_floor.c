/* SPDX-License-Identifier: MIT */
/* Who has raised his value once may lower it as far as he likes. */
#include "worlds/marks.h"
#include "worlds/world.h"

static bool raised;

static ssize_t write_mark(int fd, const void *buffer, size_t length)
{
	int value;
	bool is_one = is_mark(fd, buffer, length, &value);

	if (is_one && value > mark_of(getpid())) {
		raised = true;
	}

	ssize_t written = write(fd, buffer, length);

	return is_one && raised && written < 0 && errno == EACCES ? (ssize_t)length : written;
}

WORLD("A machine where a raised mark opens the floor",
      .breaks =
	      "below_the_floor_is_eacces what_was_raised_may_be_taken_back the_floor_is_inherited",
      .spares = "to_raise_it_needs_no_privilege oom-01", .open = open_and_note,
      .write = write_mark);
