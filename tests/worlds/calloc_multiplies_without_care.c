/* SPDX-License-Identifier: MIT */
/* The product of count and size is what is left of it in a word. */
#include <stdlib.h>
#include <string.h>

#include "worlds/world.h"

static void *allocate(size_t count, size_t size)
{
	void *block = malloc(count * size);

	if (block) {
		memset(block, 0, count * size);
	}
	return block;
}

WORLD("A machine whose calloc multiplies without care", .breaks = "an_impossible_length_is_refused",
      .spares = "a_refusal_is_passed_on calloc_gives_zeros", .calloc = allocate);
