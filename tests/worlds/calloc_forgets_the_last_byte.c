/* SPDX-License-Identifier: MIT */
/* Of a block that was used before calloc clears all bytes but the last one. */
#include <stdlib.h>
#include <string.h>

#include "worlds/world.h"

static void *allocate(size_t count, size_t size)
{
	size_t length;
	char *block;

	if (__builtin_mul_overflow(count, size, &length)) {
		return calloc(count, size);
	}
	block = malloc(length);
	if (block && length) {
		memset(block, 0, length - 1);
	}
	return block;
}

WORLD("A machine whose calloc forgets the last byte", .breaks = "calloc_gives_zeros",
      .spares = "a_reused_block_keeps_its_bytes heap-22", .calloc = allocate);
