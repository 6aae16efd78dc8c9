/* SPDX-License-Identifier: MIT */
/* malloc clears what it hands out, as calloc would, and so touches it all. */
#include <stdlib.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *touch_all(size_t length)
{
	char *block = malloc(length);

	for (size_t i = 0; block && i < length; i++) {
		store(block + i, 0);
	}
	return block;
}

WORLD("A machine whose malloc touches all it hands out",
      .breaks = "malloc_attaches_almost_no_frame only_absent_pages_fault "
		"malloc_takes_the_first_fault",
      .spares = "malloc_hands_out_addresses lazy-02 lazy-09", .malloc = touch_all);
