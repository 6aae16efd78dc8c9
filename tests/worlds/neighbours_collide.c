/* SPDX-License-Identifier: MIT */
/* MAP_FIXED_NOREPLACE answers EEXIST if something lies just beside the range. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

static void *keep_a_distance(void *address, size_t length, int protection, int flags, int fd,
			     off_t offset)
{
	char *start = address;

	if (flags & MAP_FIXED_NOREPLACE && start == page_of(start) &&
	    (gate_mapping_of(start - 1) || gate_mapping_of(start + length))) {
		errno = EEXIST;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_FIXED_NOREPLACE keeps a distance", .breaks = "what_is_free_is_granted",
      .spares = "a_collision_is_refused a_collision_changes_no_area "
		"a_crooked_order_is_refused_here_too",
      .mmap = keep_a_distance);
