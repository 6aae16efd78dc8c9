/* SPDX-License-Identifier: MIT */
/* What realloc moves or enlarges arrives without its last byte. */
#include <stdlib.h>

#include "worlds/world.h"

static void *last;
static size_t last_length;

static void *allocate(size_t length)
{
	last_length = length;
	last = malloc(length);
	return last;
}

static void *enlarge(void *old, size_t length)
{
	size_t known = old == last ? last_length : 0;
	char *block = realloc(old, length);

	if (block && known && known < length) {
		block[known - 1] ^= 1;
	}
	return block;
}

WORLD("A machine whose realloc loses the last byte", .breaks = "without_the_limit_it_is_served",
      .spares = "a_block_survives_a_refusal a_refusal_is_passed_on", .malloc = allocate,
      .realloc = enlarge);
