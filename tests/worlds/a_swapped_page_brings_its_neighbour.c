/* SPDX-License-Identifier: MIT */
/* After the pressure a page that is touched comes back together with the one behind it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void bring_neighbour(char *touched)
{
	char *next = page(touched, 1);

	if (is_watched(next)) {
		mprotect(next, page_size(), PROT_READ | PROT_WRITE);
		load(next);
	}
}

static void limit(const struct memory_group *group, size_t bytes)
{
	limit_memory_group(group, bytes);
	watch_private(PROT_NONE, bring_neighbour);
}

WORLD("A machine where a swapped page brings its neighbour",
      .breaks = "a_touch_brings_its_own_page_back", .spares = "room_alone_brings_nothing_back",
      .limit_memory_group = limit);
