/* SPDX-License-Identifier: MIT */
/* Who may not lower his value is told EPERM. */
#include "worlds/marks.h"
#include "worlds/world.h"

static ssize_t write_mark(int fd, const void *buffer, size_t length)
{
	int value;
	ssize_t written = write(fd, buffer, length);

	if (is_mark(fd, buffer, length, &value) && written < 0 && errno == EACCES) {
		errno = EPERM;
	}
	return written;
}

WORLD("A machine where a mark below the floor is EPERM", .breaks = "below_the_floor_is_eacces",
      .spares = "to_raise_it_needs_no_privilege a_new_program_keeps_it", .open = open_and_note,
      .write = write_mark);
