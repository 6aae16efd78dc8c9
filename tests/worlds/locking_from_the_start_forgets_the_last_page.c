/* SPDX-License-Identifier: MIT */
/* MAP_LOCKED locks all pages but the last. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *forget(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_LOCKED && protection != PROT_NONE) {
		munlock(area + length - page_size(), page_size());
	}
	return area;
}

WORLD("A machine where MAP_LOCKED forgets the last page", .breaks = "mmap-08",
      .spares = "mmap-09 without_leave_nothing_is_locked without_the_flag_nothing_is_locked",
      .mmap = forget);
