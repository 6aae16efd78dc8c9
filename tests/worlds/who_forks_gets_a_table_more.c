/* SPDX-License-Identifier: MIT */
/* Of the tables that fork makes for the child, one comes out as its parent's. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void inherit(pid_t child)
{
	size_t stretch = page_size() / sizeof(void *) * page_size();
	char *area = mmap(NULL, 2 * stretch, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			  -1, 0);

	(void)child;
	load(area + stretch);
}

WORLD("A machine where who forks gets a table more", .breaks = "a_child_changes_its_own_set_only",
      .spares = "every_child_has_a_set threads_share_a_set", .forked = inherit);
