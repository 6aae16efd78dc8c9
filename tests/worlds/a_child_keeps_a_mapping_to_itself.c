/* SPDX-License-Identifier: MIT */
/* The third shared mapping that a child makes of a file is a copy of it. */
#include <stdbool.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static bool is_child;

static void begin(void)
{
	is_child = true;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static int count;
	bool is_third = is_child && flags & MAP_SHARED && ++count == 3;
	char *area = mmap(address, length, protection,
			  is_third ? (flags & ~MAP_TYPE) | MAP_PRIVATE : flags, fd, offset);

	for (size_t at = 0; is_third && area != MAP_FAILED && at < length; at += page_size()) {
		store(area + at, load(area + at));
	}
	return area;
}

WORLD("A machine where a child keeps its third mapping of a file to itself",
      .breaks = "two_processes_agree_at_every_step",
      .spares = "mapfile-02 private_mappings_agree_only_until_they_are_written mapfile-07",
      .mmap = map, .born = begin);
