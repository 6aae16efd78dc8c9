/* SPDX-License-Identifier: MIT */
/* Huge pages are promised as carelessly as others: nothing is reserved. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_HUGETLB) {
		flags |= MAP_NORESERVE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine that does not count promises of huge pages",
      .breaks = "huge_pages_are_promised_from_a_pool.a_promise_is_counted",
      .spares = "an_uncounted_promise_ends_in_a_signal", .mmap = map);
