/* SPDX-License-Identifier: MIT */
/* mmap without an address looks for a gap that is a page wider. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *got;

	if (address) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	got = mmap(NULL, length + page_size(), protection, flags, fd, offset);
	if (got != MAP_FAILED) {
		munmap(got + length, page_size());
	}
	return got;
}

WORLD("A machine that leaves a page free beside each mapping",
      .breaks = "frag-07 what_is_too_small_is_passed_over", .spares = "frag-01 frag-18",
      .mmap = map);
