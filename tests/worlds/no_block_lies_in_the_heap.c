/* SPDX-License-Identifier: MIT */
/* Each block is an area of its own. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *allocate(size_t length)
{
	void *area = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return area == MAP_FAILED ? NULL : area;
}

WORLD("A machine where no block lies in the heap", .breaks = "small_blocks_lie_in_the_heap",
      .spares = "large_blocks_lie_there_too it_lies_in_the_mapped_region", .malloc = allocate);
