/* SPDX-License-Identifier: MIT */
/* What is mapped in place of marked pages has their mark. */
#include <sys/mman.h>

#include "worlds/world.h"

static char *marked;
static int mark;

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_WIPEONFORK || advice == MADV_DONTFORK) {
		marked = address;
		mark = advice;
	}
	return madvise(address, length, advice);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (marked && area == marked) {
		madvise(area, length, mark);
	}
	return area;
}

WORLD("A machine on which a mark for fork stays with its addresses",
      .breaks = "new_memory_in_its_place_has_no_mark",
      .spares = "madvise-35 madvise-36 a_moved_page_takes_its_mark_along", .madvise = advise,
      .mmap = map);
