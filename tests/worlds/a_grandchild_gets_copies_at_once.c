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
      .breaks = "each_writer_parts_alone a_copy_is_shared_in_its_turn",
      .spares = "nobody_reads_another_generations_writes fork-05 fork-12 cow-03",
      .born = copy_for_a_grandchild);
