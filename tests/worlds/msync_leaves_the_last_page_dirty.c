/* SPDX-License-Identifier: MIT */
/* msync writes all pages back but the last of its range. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int sync_most(void *address, size_t length, int flags)
{
	return msync(address, length - page_size(), flags);
}

WORLD("A machine whose msync leaves the last page dirty",
      .breaks = "dirty_is_what_was_written ptable-11", .spares = "what_is_dirty_reaches_the_file",
      .msync = sync_most);
