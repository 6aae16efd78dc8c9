/* SPDX-License-Identifier: MIT */
/* The second generation may lower its value as far as it likes. */
#include "worlds/marks.h"
#include "worlds/world.h"

static int generation;

static void born(void)
{
	generation++;
}

static ssize_t write_mark(int fd, const void *buffer, size_t length)
{
	int value;
	ssize_t written = write(fd, buffer, length);

	return is_mark(fd, buffer, length, &value) && generation == 2 && written < 0
		       ? (ssize_t)length
		       : written;
}

WORLD("A machine where the floor holds for one generation", .breaks = "the_floor_is_inherited",
      .spares = "below_the_floor_is_eacces what_was_raised_may_be_taken_back", .born = born,
      .open = open_and_note, .write = write_mark);
