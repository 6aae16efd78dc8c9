/* SPDX-License-Identifier: MIT */
/* Who maps page 0 finds a byte there. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area == (char *)address && !address) {
		store(area, 1);
	}
	return area;
}

WORLD("A machine where page 0 is not empty", .breaks = "once_mapped_it_is_ordinary_memory",
      .spares = "the_unprivileged_are_refused_it the_kernel_never_chooses_it", .mmap = map);
