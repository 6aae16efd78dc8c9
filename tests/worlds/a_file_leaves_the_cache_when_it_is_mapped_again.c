/* SPDX-License-Identifier: MIT */
/* The second mapping of a file, and each that follows, drops its pages from the page cache. */
#include <fcntl.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static int mapped_before = -1;

	if (fd >= 0 && fd == mapped_before) {
		fsync(fd);
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	}
	mapped_before = fd;
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a file leaves the page cache when it is mapped again",
      .breaks = "a_cached_page_is_a_minor_fault",
      .spares = "a_page_in_memory_is_a_minor_fault fault-20 fault-22", .mmap = map);
