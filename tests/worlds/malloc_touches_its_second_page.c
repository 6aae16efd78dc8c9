/* SPDX-License-Identifier: MIT */
/* malloc looks into the second page of a block, too, besides the one with its header. */
#include <stdlib.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *touch_one_more(size_t length)
{
	char *block = malloc(length);

	if (block && length > 2 * page_size()) {
		store(block + page_size(), 0);
	}
	return block;
}

WORLD("A machine whose malloc touches one page more", .breaks = "malloc_takes_the_first_fault",
      .spares = "only_absent_pages_fault malloc_hands_out_addresses lazy-09",
      .malloc = touch_one_more);
