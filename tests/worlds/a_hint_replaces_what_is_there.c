/* SPDX-License-Identifier: MIT */
/* A hint that leads to pages that are taken is an order all the same. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static void *obey(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (address && address == page_of(address) && gate_mapping_of(address)) {
		flags |= MAP_FIXED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a hint replaces what is there",
      .breaks = "a_hint_replaces_nothing an_occupied_hint_harms_nothing",
      .spares = "mmap-03 map-02 map-04", .mmap = obey);
