/* SPDX-License-Identifier: MIT */
/* malloc clears what it hands out, as calloc would, and so touches it all. */
#include <stdlib.h>
#include <string.h>

#include "worlds/world.h"

static void *touch_all(size_t length)
{
	char *block = malloc(length);

	if (block) {
		memset(block, 0, length);
		__asm__ volatile("" ::"r"(block) : "memory");
	}
	return block;
}

WORLD("A machine whose malloc touches all it hands out",
      .breaks = "malloc_attaches_almost_no_frame only_absent_pages_fault malloc_takes_the_first_fault",
      .spares = "malloc_hands_out_addresses lazy-02 lazy-09", .malloc = touch_all);
