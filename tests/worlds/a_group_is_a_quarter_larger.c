/* SPDX-License-Identifier: MIT */
/* A memory group takes a quarter more than its limit says. */
#include "worlds/world.h"

static struct memory_group make(size_t limit)
{
	return guard_memory_group(limit + limit / 4);
}

WORLD("A machine whose memory groups take a quarter more",
      .breaks = "a_store_beyond_the_limit_is_a_kill pressure-15",
      .spares = "no_handler_is_asked a_call_that_needs_memory_does_not_return",
      .guard_memory_group = make);
