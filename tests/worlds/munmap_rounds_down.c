/* SPDX-License-Identifier: MIT */
/* Only pages that the range holds whole are removed. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int round_down(void *address, size_t length)
{
	size_t whole = length / page_size() * page_size();

	return whole || !length ? munmap(address, whole) : 0;
}

WORLD("A machine whose munmap leaves a page of which the range holds only a part",
      .breaks = "munmap-03", .spares = "munmap-01 munmap-04 munmap-05 munmap-07",
      .munmap = round_down);
