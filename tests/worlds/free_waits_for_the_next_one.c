/* SPDX-License-Identifier: MIT */
/* A block is free when the next one has been freed: the last one freed is never the next one given. */
#include <stdlib.h>

#include "worlds/world.h"

static void release(void *block)
{
	static void *waiting;

	free(waiting);
	waiting = block;
}

WORLD("A machine whose free waits for the next one",
      .breaks = "the_last_freed_is_the_next_given a_reused_block_keeps_its_bytes",
      .spares = "every_allocator_reuses a_page_with_a_live_object_stays heap-25", .free = release);
