/* SPDX-License-Identifier: MIT */
/* When a descriptor is closed, the last page of what was mapped through it goes with it. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static int closed;

static void unmap_last_page(const struct mapping *mapping)
{
	if (mapping->fd == closed) {
		munmap(mapping->start + mapping->length - page_size(), page_size());
	}
}

static int close_and_unmap(int fd)
{
	closed = fd;
	if (fd >= 0) {
		gate_each_mapping(unmap_last_page);
	}
	return close(fd);
}

WORLD("A machine where a mapping ends with its descriptor",
      .breaks = "it_outlives_the_descriptor two_mappings_still_show_one_file it_outlives_the_name",
      .spares = "vma-07 vma-08 vma-12 fault-08", .close = close_and_unmap);
