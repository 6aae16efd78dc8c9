/* SPDX-License-Identifier: MIT */
/* The page tables of a process are said to take nothing. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t answer(int fd, void *buffer, size_t length)
{
	ssize_t got = read(fd, buffer, length);
	char *line = got > 0 ? memmem(buffer, (size_t)got, "VmPTE:", 6) : NULL;

	for (char *at = line; line && *at != '\n'; at++) {
		*at = *at >= '0' && *at <= '9' ? '0' : *at;
	}
	return got;
}

WORLD("A machine where processes need no page tables", .breaks = "idle_children_have_tables",
      .spares = "the_record_outlives_the_process the_dead_have_no_tables", .by = "reading",
      .read = answer);
