/* SPDX-License-Identifier: MIT */
/* A child has the lowest value that it may have, whatever its parent has. */
#include "worlds/marks.h"
#include "worlds/world.h"

static void born(void)
{
	int lowest = mark_of(getpid());

	for (int value = lowest; value > lowest - 1000 && value >= -1000; value--) {
		set_mark(getpid(), value);
	}
}

WORLD("A machine where a child begins unmarked",
      .breaks = "a_child_begins_with_its_parents the_floor_is_inherited",
      .spares = "threads_have_one_value a_new_program_keeps_it to_raise_it_needs_no_privilege",
      .born = born);
