/* SPDX-License-Identifier: MIT */
/* Memory that is asked for may be read, and never written. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map_closed(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	return mmap(address, length, protection & ~PROT_WRITE, flags, fd, offset);
}

WORLD("A machine where memory is for readers only", .breaks = "its_own_pages_can_be_written",
      .spares = "it_can_be_read_and_not_written kernel-01", .mmap = map_closed);
