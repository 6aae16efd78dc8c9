/* SPDX-License-Identifier: MIT */
/* MAP_POPULATE is taken, and nothing is populated. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *forget(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags & ~MAP_POPULATE, fd, offset);
}

WORLD("A machine whose MAP_POPULATE does nothing",
      .breaks = "what_is_there_beforehand_is_not_waited_for a_populated_file_is_read "
		"what_is_there_is_walked_over",
      .spares = "a_load_of_an_absent_page_is_a_wait mapfile-15 mapfile-01", .mmap = forget);
