/* SPDX-License-Identifier: MIT */
/* From 64 KiB on a block takes twice the room that was asked for. */
#include <stdlib.h>

#include "worlds/world.h"

enum { LARGE = 64 * 1024 };

static void *allocate(size_t length)
{
	return malloc(length < LARGE ? length : 2 * length);
}

WORLD("A machine whose large blocks are twice as long",
      .breaks = "one_great_block_wastes_little for_large_objects_there_is_no_difference",
      .spares = "each_block_has_a_header a_pool_wastes_nothing", .malloc = allocate);
