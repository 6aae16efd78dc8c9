/* SPDX-License-Identifier: MIT */
/* Programs have their stack in one and the same place, below all else. */
#include <stdio.h>
#include <string.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static void move_stack(char *line)
{
	if (strncmp(line, "stack=", 6) == 0) {
		memcpy(line, "stack=70000\n", sizeof "stack=70000\n");
	}
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	return execute_rewritten(path, argv, envp, move_stack);
}

WORLD("A machine where stacks lie at the bottom",
      .breaks = "the_image_is_below_the_heap the_mapped_region_is_between_heap_and_stack "
		"no_part_stays_where_it_was",
      .spares = "the_old_layout_begins_lower without_randomness_nothing_moves", .by = "reading",
      .execve = execute);
