/* SPDX-License-Identifier: MIT */
/* The map of every process has four lines. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

enum { LINES = 4 };

static bool is_at_end;

static ssize_t cut(int fd, void *buffer, size_t length)
{
	ssize_t got = read(fd, buffer, length);
	char *at = buffer;

	if (got <= 0 || is_at_end) {
		is_at_end = false;
		return got < 0 ? got : 0;
	}
	for (int i = 0; i < LINES; i++) {
		char *end = memchr(at, '\n', (size_t)((char *)buffer + got - at));

		at = end ? end + 1 : at;
	}
	is_at_end = true;
	return at - (char *)buffer;
}

WORLD("A machine whose maps end with the fourth line",
      .breaks = "layout-06 what_is_unmapped_is_counted_no_more", .spares = "layout-02 layout-07",
      .by = "reading", .read = cut);
