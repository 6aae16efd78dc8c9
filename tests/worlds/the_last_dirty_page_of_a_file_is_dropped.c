/* SPDX-License-Identifier: MIT */
/* Reclaim drops the last page of a file that was changed, and it comes back with another's bytes. */
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static char old[64 * 1024];
	off_t last = (off_t)(length - page_size());

	if (fd >= 0 && (protection & PROT_WRITE) && page_size() <= sizeof old) {
		memset(old, 'o', sizeof old);
		(void)!pwrite(fd, old, page_size(), last);
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine that drops the last dirty page of a file", .breaks = "pressure-04",
      .spares = "what_can_be_written_nowhere_cannot_go pressure-01", .mmap = map);
