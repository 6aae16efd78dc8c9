/* SPDX-License-Identifier: MIT */
/* What lies behind the first hole of the range stays mapped, and the answer is 0. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int stop(void *address, size_t length)
{
	unsigned char resident;
	size_t mapped = 0;

	while (mapped < length && mincore((char *)address + mapped, page_size(), &resident) == 0) {
		mapped += page_size();
	}
	return mapped && mapped < length ? munmap(address, mapped) : munmap(address, length);
}

WORLD("A machine whose munmap stops at the first hole", .breaks = "munmap-05",
      .spares = "munmap-01 munmap-02 munmap-03 munmap-04", .munmap = stop);
