/* SPDX-License-Identifier: MIT */
/* What is mapped where something was locked is locked as well. */
#include <sys/mman.h>

#include "worlds/world.h"

static const char *locked;
static size_t locked_length;

static int lock(const void *address, size_t length)
{
	locked = address;
	locked_length = length;
	return mlock(address, length);
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && locked && area >= locked && area < locked + locked_length) {
		mlock(area, length);
	}
	return area;
}

WORLD("A machine on which an address stays locked", .breaks = "mlock-14",
      .spares = "mlock-08 mlock-13 mlock-15", .mlock = lock, .mmap = map);
