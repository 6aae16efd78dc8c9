/* SPDX-License-Identifier: MIT */
/* When a number is given to another file, mappings by that number show that file. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static int number;

static void follow_it(const struct mapping *area)
{
	if (area->fd == number && !(area->flags & MAP_ANONYMOUS)) {
		mmap(area->start, area->length, area->protection, area->flags | MAP_FIXED, number,
		     0);
	}
}

static int follow(int fd, int command, long argument)
{
	number = fcntl(fd, command, argument);
	if (command == F_DUPFD) {
		gate_each_mapping(follow_it);
	}
	return number;
}

WORLD("A machine where a mapping follows the number of its descriptor",
      .breaks = "it_does_not_follow_the_number",
      .spares = "it_outlives_descriptor_and_name mmap-27 a_closed_descriptor_maps_nothing",
      .fcntl = follow);
