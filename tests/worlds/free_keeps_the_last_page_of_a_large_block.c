/* SPDX-License-Identifier: MIT */
/* A large block is unmapped when it is freed, all but its last page. */
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { LARGE = 1024 * 1024 };

static void release(void *block)
{
	size_t length = malloc_usable_size(block);

	if (length < LARGE) {
		free(block);
		return;
	}
	munmap(page_of(block), (size_t)(page_of((char *)block + length - 1) - page_of(block)));
}

WORLD("A machine whose free keeps the last page of a large block",
      .breaks = "a_large_block_is_returned_at_once",
      .spares = "where_nobody_lives_the_pages_go heap-11 heap-12", .free = release);
