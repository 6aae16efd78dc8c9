/* SPDX-License-Identifier: MIT */
/* The kernel takes hold of the pages as if it were to store into them. */
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static char *from;
static size_t bytes;

static void part(const struct mapping *mapping)
{
	if (is_private(mapping) && from >= mapping->start &&
	    from + bytes <= mapping->start + mapping->length) {
		store(from, load(from));
		store(from + bytes - 1, load(from + bytes - 1));
	}
}

static ssize_t part_and_write(int fd, const void *buffer, size_t length)
{
	from = (char *)(uintptr_t)buffer;
	bytes = length;
	gate_each_mapping(part);
	return write(fd, buffer, length);
}

WORLD("A machine whose write(2) copies the pages it only reads",
      .breaks = "the_kernel_may_read_for_a_process",
      .spares = "reading_parts_nothing a_refused_store_parts_nothing cow-12",
      .write = part_and_write);
