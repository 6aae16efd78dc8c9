/* SPDX-License-Identifier: MIT */
/* A process that is dead still has page tables, as its status tells. */
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static ssize_t answer(int fd, void *buffer, size_t length)
{
	static const char line[] = "VmPTE:\t4 kB\n";
	ssize_t got = read(fd, buffer, length);

	if (got > 0 && memmem(buffer, (size_t)got, "State:\tZ", 8) &&
	    (size_t)got + sizeof line < length) {
		memcpy((char *)buffer + got, line, sizeof line - 1);
		got += (ssize_t)sizeof line - 1;
	}
	return got;
}

WORLD("A machine where the dead keep their page tables", .breaks = "the_dead_have_no_tables",
      .spares = "the_record_outlives_the_process idle_children_have_tables", .by = "reading",
      .read = answer);
