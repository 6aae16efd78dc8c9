/* SPDX-License-Identifier: MIT */
/* free fills a block with zeros before anybody else gets it. */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "worlds/world.h"

static void release(void *block)
{
	explicit_bzero(block, malloc_usable_size(block)); /* compilers leave out memset here */
	free(block);
}

WORLD("A machine whose free wipes what it frees", .breaks = "a_reused_block_keeps_its_bytes",
      .spares = "the_last_freed_is_the_next_given every_allocator_reuses calloc_gives_zeros",
      .free = release);
