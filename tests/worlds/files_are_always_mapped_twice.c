/* SPDX-License-Identifier: MIT */
/* Whoever maps a file has its pages in use at a second place as well, where he never looks. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0) {
		mmap(NULL, length, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, offset);
	}
	return area;
}

WORLD("A machine where files are always mapped twice",
      .breaks = "without_sharing_there_are_four it_counts_its_addresses "
		"the_five_kinds_can_be_told_apart",
      .spares = "one_frame_has_many_addresses a_walk_notices_no_difference", .mmap = map);
