/* SPDX-License-Identifier: MIT */
/* With the last descriptor of a file its mappings go. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/gate.h"

static int closed;

static void remove_it(const struct mapping *area)
{
	if (area->fd == closed && !(area->flags & MAP_ANONYMOUS)) {
		mmap(area->start, area->length, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
}

static int unmap(int fd)
{
	closed = fd;
	gate_each_mapping(remove_it);
	return close(fd);
}

WORLD("A machine where a mapping goes with its descriptor",
      .breaks = "it_outlives_descriptor_and_name it_does_not_follow_the_number "
		"a_closed_descriptor_maps_nothing",
      .spares = "mmap-27 who_comes_later_is_refused map-12", .close = unmap);
