/* SPDX-License-Identifier: MIT */
/* Of a block of a mebibyte and more, the page of its last byte is missing. */
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { LARGE = 1024 * 1024 };

static void *allocate(size_t length)
{
	char *block;

	if (length < LARGE) {
		return malloc(length);
	}
	block = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (block == MAP_FAILED) {
		return NULL;
	}
	munmap(page_of(block + length - 1), page_size());
	return block;
}

WORLD("A machine where large blocks lack their last page",
      .breaks = "from_the_heap_it_can_be_had large_blocks_lie_there_too",
      .spares = "its_far_end_cannot_be_reached small_blocks_lie_in_the_heap stack-12",
      .malloc = allocate);
