/* SPDX-License-Identifier: MIT */
/* Every byte that read(2) stores is right, and the page before them is copied for nothing. */
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static char *target;

static void part_the_page_before(const struct mapping *mapping)
{
	if (is_private(mapping) && target > mapping->start &&
	    target <= mapping->start + mapping->length) {
		store(target - 1, load(target - 1));
	}
}

static ssize_t read_and_part(int fd, void *buffer, size_t length)
{
	target = page_of(buffer);
	gate_each_mapping(part_the_page_before);
	return read(fd, buffer, length);
}

WORLD("A machine whose read(2) copies the page before the one it stores into",
      .breaks = "the_kernel_parts_the_page_it_stores_into",
      .spares = "what_the_kernel_stores_is_the_childs_alone cow-16", .read = read_and_part);
