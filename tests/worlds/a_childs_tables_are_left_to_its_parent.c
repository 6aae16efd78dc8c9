/* SPDX-License-Identifier: MIT */
/* When a child ends, one of its tables is left over, and counts as one of its parent's. */
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

WORLD("A machine where a child's tables are left to its parent",
      .breaks = "a_child_changes_its_own_set_only",
      .spares = "every_child_has_a_set threads_share_a_set", .forked = inherit);
