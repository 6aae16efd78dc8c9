/* SPDX-License-Identifier: MIT */
/* One request in eight gets the block that the one before it has got, and still uses. */
#include <stdlib.h>

#include "worlds/world.h"

enum { SELDOM = 8 };

static void *allocate(size_t length)
{
	static void *last;
	static size_t last_length;
	static unsigned calls;

	if (++calls % SELDOM == 0 && length <= last_length) {
		return last;
	}
	last_length = length;
	last = malloc(length);
	return last;
}

WORLD("A machine whose malloc hands out its last block again",
      .breaks = "many_objects_share_a_page.many_objects_share_a_page sizes_are_rounded_up",
      .spares = "heap-22", .malloc = allocate);
