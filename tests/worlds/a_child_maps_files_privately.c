/* SPDX-License-Identifier: MIT */
/* What a child maps of a file is private, whatever it asked for. */
#include <sys/mman.h>

#include "worlds/world.h"

static int is_child;

static void note_child(void)
{
	is_child = 1;
}

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (is_child && fd >= 0 && flags & MAP_SHARED) {
		flags = (flags & ~MAP_SHARED) | MAP_PRIVATE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a child maps files privately",
      .breaks = "equal_addresses_are_different_places.one_object_is_one_place",
      .spares = "prot-11 prot-39", .born = note_child, .mmap = map);
