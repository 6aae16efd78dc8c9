/* SPDX-License-Identifier: MIT */
/* The pages of a file that is mapped stay in memory, whoever needs room. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *lock(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	enum { FEW = 64 };
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && length <= FEW * page_size()) {
		mlock(area, length);
	}
	return area;
}

WORLD("A machine where mapped files are never pushed out", .breaks = "a_walk_pushes_others_out",
      .spares = "a_mapping_costs_only_addresses a_walk_comes_to_its_end "
		"reading_with_care_pushes_nobody_out",
      .mmap = lock);
