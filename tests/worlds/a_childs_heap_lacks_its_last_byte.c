/* SPDX-License-Identifier: MIT */
/* Everything is inherited but the last byte of a block that malloc gave. */
#include <stdlib.h>

#include "worlds/world.h"

static char *block;
static size_t block_length;

static void *remember(size_t length)
{
	block = malloc(length);
	block_length = block ? length : 0;
	return block;
}

static void lose_the_end(void)
{
	if (block_length) {
		block[block_length - 1] ^= 1;
	}
}

WORLD("A machine whose fork loses the last byte of the heap",
      .breaks = "every_kind_of_memory_is_inherited", .spares = "the_copy_is_as_of_the_fork cow-07",
      .malloc = remember, .born = lose_the_end);
