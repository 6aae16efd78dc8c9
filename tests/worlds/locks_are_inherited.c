/* SPDX-License-Identifier: MIT */
/* What is locked in a parent is locked in its child. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void lock(const struct mapping *area)
{
	if (area->flags & MAP_LOCKED) {
		mlock(area->start, area->length);
	}
}

static void lock_all(void)
{
	gate_each_mapping(lock);
}

WORLD("A machine where a child inherits locks", .breaks = "a_lock_is_not_inherited",
      .spares = "the_flags_are_inherited what_grows_grows_in_a_child areas_differ_by_their_flags",
      .born = lock_all);
