/* SPDX-License-Identifier: MIT */
/* Whatever is mapped has all its pages at once; no touch has to bring one. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map_all(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags | MAP_POPULATE, fd, offset);
}

WORLD("A machine where memory and files are there as soon as they are mapped",
      .breaks = "the_same_bytes_in_memory_cost_pages a_touch_makes_them_the_programs",
      .spares = "the_reader_gets_no_page what_is_queued_outlives_its_buffer", .mmap = map_all);
