/* SPDX-License-Identifier: MIT */
/* As before copy-on-write: the child gets a frame of its own for each page, written or not. */
#include "worlds/acts.h"

static void copy_all(void)
{
	gate_each_mapping(part_pages);
}

WORLD("A machine whose fork copies every page at once",
      .breaks = "fork-05", .spares = "fork-07", .born = copy_all);
