/* SPDX-License-Identifier: MIT */
/* A mapping that is much shorter than a page begins where the last one of its kind has ended. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { SHORT = 64 };

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static char *next;
	void *area;

	if (length <= SHORT && next && page_of(next + length) == page_of(next)) {
		area = next;
	} else {
		area = mmap(address, length, protection, flags, fd, offset);
	}
	next = length <= SHORT && area != MAP_FAILED ? (char *)area + length : NULL;
	return area;
}

WORLD("A machine where small mappings share a page", .breaks = "a_mapping_cannot_be_shared",
      .spares = "many_objects_share_a_page map-10", .mmap = map);
