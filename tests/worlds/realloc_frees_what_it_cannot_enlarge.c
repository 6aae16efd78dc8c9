/* SPDX-License-Identifier: MIT */
/* When realloc fails, the old block is gone as well. */
#include <stdlib.h>

#include "worlds/world.h"

static void *enlarge(void *old, size_t length)
{
	void *block = realloc(old, length);

	if (!block) {
		free(old);
	}
	return block;
}

WORLD("A machine whose realloc frees what it cannot enlarge",
      .breaks = "a_block_survives_a_refusal",
      .spares = "a_refusal_is_passed_on without_the_limit_it_is_served", .realloc = enlarge);
