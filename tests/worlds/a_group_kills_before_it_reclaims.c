/* SPDX-License-Identifier: MIT */
/* A process that would have to reclaim is killed instead. */
#include <signal.h>
#include <stdbool.h>

#include "worlds/world.h"

static bool is_child;

static void born(void)
{
	is_child = true;
}

static void enter(const struct memory_group *group)
{
	enter_memory_group(group);
	if (is_child) {
		raise(SIGKILL);
	}
}

WORLD("A machine that kills before it reclaims",
      .breaks = "pressure-04 nobody_is_killed_as_long_as_pages_can_go",
      .spares = "what_can_be_written_nowhere_cannot_go first_the_cold_then_the_hot pressure-05",
      .born = born, .enter_memory_group = enter);
