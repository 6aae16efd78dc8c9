/* SPDX-License-Identifier: MIT */
/* mmap does not reserve huge pages, it takes them. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_HUGETLB && !(flags & MAP_NORESERVE)) {
		flags |= MAP_POPULATE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine that takes huge pages when they are promised",
      .breaks = "huge_pages_are_promised_from_a_pool.a_promise_is_counted the_first_touch_attaches",
      .spares = "an_uncounted_promise_ends_in_a_signal lazy-02", .mmap = map);
