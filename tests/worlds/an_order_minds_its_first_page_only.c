/* SPDX-License-Identifier: MIT */
/* MAP_FIXED_NOREPLACE finds out whether the first page is free, and replaces what lies behind it. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/placement.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	unsigned char there;

	if (!(flags & MAP_FIXED_NOREPLACE)) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	if (mincore(address, 1, &there) == 0) {
		errno = EEXIST;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, (flags & ~MAP_FIXED_NOREPLACE) | MAP_FIXED, fd,
		    offset);
}

WORLD("A machine that maps over a neighbour where the first page alone is free",
      .breaks = "two_holes_serve_no_double_request the_documents_hundred_do_not_fit "
		"one_neighbour_less_makes_room",
      .spares = "each_hole_serves_a_request_of_its_size frag-18 frag-08", .mmap = map);
