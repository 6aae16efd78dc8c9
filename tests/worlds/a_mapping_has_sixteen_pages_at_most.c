/* SPDX-License-Identifier: MIT */
/* Longer mappings are refused, whatever the limit. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (!(flags & MAP_FIXED) && length > 16 * page_size()) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a mapping has at most sixteen pages",
      .breaks = "without_the_limit_all_of_it_is_granted",
      .spares = "every_page_counts mmap-19 without_the_limit_they_are_granted", .mmap = refuse);
