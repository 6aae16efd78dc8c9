/* SPDX-License-Identifier: MIT */
/* mmap without an address takes a gap that is just wide enough, if it made one lately. */
#include <sys/mman.h>

#include "worlds/world.h"

enum { GAPS = 64 };

static struct {
	void *start;
	size_t length;
} gaps[GAPS];
static size_t count;

static int unmap(void *address, size_t length)
{
	gaps[count % GAPS].start = address;
	gaps[count++ % GAPS].length = length;
	return munmap(address, length);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	for (size_t i = 0; !address && i < GAPS; i++) {
		if (gaps[i].start && gaps[i].length == length) {
			address = gaps[i].start;
			gaps[i].start = NULL;
			break;
		}
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine whose mmap prefers the narrowest gap",
      .breaks = "frag-07 what_is_too_small_is_passed_over", .spares = "frag-01 frag-18",
      .mmap = map, .munmap = unmap);
