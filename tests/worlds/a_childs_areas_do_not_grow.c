/* SPDX-License-Identifier: MIT */
/* In a child something lies below each area that grows. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static void stop(const struct mapping *area)
{
	if (area->flags & MAP_GROWSDOWN) {
		mmap(area->start - page_size(), page_size(), PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	}
}

static void stop_all(void)
{
	gate_each_mapping(stop);
}

WORLD("A machine where the areas of a child do not grow", .breaks = "what_grows_grows_in_a_child",
      .spares = "the_flags_are_inherited a_lock_is_not_inherited mmap-06", .born = stop_all);
