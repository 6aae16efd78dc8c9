/* SPDX-License-Identifier: MIT */
/* What is stored in the last page of a shared file is never written back, nor seen by who reads it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	size_t last = length - page_size();

	if (area != MAP_FAILED && fd >= 0 && length > page_size()) {
		mmap(area + last, page_size(), protection, MAP_PRIVATE | MAP_FIXED, fd,
		     offset + (off_t)last);
	}
	return area;
}

WORLD("A machine where a dirty page is lost",
      .breaks = "what_is_dirty_reaches_the_file dirty_is_what_was_written", .spares = "ptable-08",
      .mmap = map);
