/* SPDX-License-Identifier: MIT */
/* Memory that a member of a group unmaps is no longer his, and stays in the group for ever. */
#include <stdbool.h>
#include <sys/mman.h>

#include "worlds/world.h"

static bool is_member;

static void enter(const struct memory_group *group)
{
	is_member = true;
	enter_memory_group(group);
}

static int unmap(void *address, size_t length)
{
	return is_member ? 0 : munmap(address, length);
}

WORLD("A machine where what a member gives back stays counted",
      .breaks = "who_gives_back_never_comes_to_the_limit",
      .spares = "without_swap_death_comes_earlier pressure-10", .enter_memory_group = enter,
      .munmap = unmap);
