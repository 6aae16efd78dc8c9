/* SPDX-License-Identifier: MIT */
/*
 * Programs get the layout of old: their mapped region begins in the middle, below what can move.
 */
#include <sys/personality.h>
#include <unistd.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	if (personality((unsigned long)personality(0xffffffff) | ADDR_COMPAT_LAYOUT) < 0) {
		undecided("needs leave to set a personality for this world");
	}
	return execve(path, argv, envp);
}

WORLD("A machine where programs have the old layout",
      .breaks = "the_mapped_region_is_between_heap_and_stack the_old_layout_begins_lower",
      .spares = "the_image_is_below_the_heap each_part_moves_by_itself", .by = "switch",
      .execve = execute);
