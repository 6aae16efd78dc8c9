/* SPDX-License-Identifier: MIT */
/*
 * What is stored into pages that have gone, and come back, is for whoever stores it. All but the
 * last page shows the old bytes to others.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (fd >= 0) {
		flags = (flags & ~MAP_TYPE) | MAP_PRIVATE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

static void at_store(char *page)
{
	static char *before;

	if (before) {
		madvise(before, page_size(), MADV_DONTNEED);
	}
	before = page;
}

static struct pages look(const char *label, const void *start, size_t count)
{
	struct pages seen = observe_pages(label, start, count);

	watch((void *)(uintptr_t)start, count * page_size(), PROT_READ, at_store);
	return seen;
}

WORLD("A machine where a thread loads from the old frame",
      .breaks = "no_thread_loads_from_the_old_frame",
      .spares = "a_thread_elsewhere_faults so_it_does_for_swap", .mmap = map,
      .observe_pages = look);
