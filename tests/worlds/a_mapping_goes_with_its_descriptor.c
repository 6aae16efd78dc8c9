/* SPDX-License-Identifier: MIT */
/* When the descriptor is closed, the mappings made of it show nothing but zeros. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/gate.h"

static int closing;

static void empty(const struct mapping *mapping)
{
	if (!(mapping->flags & MAP_ANONYMOUS) && mapping->fd == closing) {
		mmap(mapping->start, mapping->length, mapping->protection,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
}

static int take_along(int fd)
{
	closing = fd;
	gate_each_mapping(empty);
	return close(fd);
}

WORLD("A machine where a mapping goes with its descriptor",
      .breaks = "a_closed_file_stays_mapped.a_closed_file_stays_mapped",
      .spares = "the_descriptor_itself_is_gone mapfile-02", .close = take_along);
