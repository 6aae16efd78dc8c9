/* SPDX-License-Identifier: MIT */
/* Whoever maps a hole takes all its blocks. */
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *take_blocks(void *address, size_t length, int protection, int flags, int fd,
			 off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (!(flags & MAP_ANONYMOUS)) {
		fallocate(fd, FALLOC_FL_KEEP_SIZE, offset, (off_t)length);
	}
	return area;
}

WORLD("A machine where a hole gets its blocks when it is mapped",
      .breaks = "loads_take_no_block a_private_store_takes_none",
      .spares = "a_hole_reads_as_zeros a_store_into_a_hole_stays mapfile-01", .mmap = take_blocks);
