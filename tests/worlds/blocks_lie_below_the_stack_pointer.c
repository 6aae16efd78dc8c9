/* SPDX-License-Identifier: MIT */
/* What malloc gives is on the stack, where the next call has its frame. */
#include <stdlib.h>

#include "worlds/world.h"

enum { BELOW = 350, SHORT = 256 };

static void *allocate(size_t length)
{
	return length == SHORT ? (char *)__builtin_frame_address(0) - BELOW : malloc(length);
}

WORLD("A machine where blocks lie below the stack pointer",
      .breaks = "a_block_of_the_heap_persists",
      .spares = "stack-06 the_next_call_overwrites_what_is_left", .malloc = allocate);
