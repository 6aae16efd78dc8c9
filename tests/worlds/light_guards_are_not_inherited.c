/* SPDX-License-Identifier: MIT */
/* A child has none of the guards of its parent. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void open_all(const struct mapping *mapping)
{
	madvise(mapping->start, mapping->length, 103 /* MADV_GUARD_REMOVE */);
}

static void open_guards(void)
{
	gate_each_mapping(open_all);
}

WORLD("A machine whose children inherit no light guards", .breaks = "madvise-40",
      .spares = "madvise-39 madvise-41", .born = open_guards);
