/* SPDX-License-Identifier: MIT */
/* What is shared already is copied by the next fork: two processes to a frame, and no more. */
#include "worlds/acts.h"

static int generation;

static void copy_for_a_grandchild(void)
{
	if (++generation > 1) {
		gate_each_mapping(part_pages);
	}
}

WORLD("A machine on which a frame is shared by parent and child, but not with the grandchild",
      .breaks = "fork-15", .spares = "fork-05", .born = copy_for_a_grandchild);
