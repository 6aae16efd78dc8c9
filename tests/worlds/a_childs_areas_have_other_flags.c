/* SPDX-License-Identifier: MIT */
/* In a child each area is to be left out of core dumps. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void mark(const struct mapping *area)
{
	madvise(area->start, area->length, MADV_DONTDUMP);
}

static void mark_all(void)
{
	gate_each_mapping(mark);
}

WORLD("A machine where the areas of a child have other flags", .breaks = "the_flags_are_inherited",
      .spares = "what_may_never_be_written_may_not_be_by_a_child a_lock_is_not_inherited "
		"areas_differ_by_their_flags",
      .born = mark_all);
