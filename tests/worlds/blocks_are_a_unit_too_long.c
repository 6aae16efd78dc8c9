/* SPDX-License-Identifier: MIT */
/* Each block has room for two more words than its rule says. */
#include <stdlib.h>

#include "worlds/world.h"

static void *allocate(size_t length)
{
	return malloc(length + 2 * sizeof(void *));
}

WORLD("A machine whose blocks are a unit too long", .breaks = "each_block_has_a_header",
      .spares = "sizes_are_rounded_up one_great_block_wastes_little heap-09", .malloc = allocate);
