/* SPDX-License-Identifier: MIT */
/* What has gone is there again before anybody else could miss it. */
#include <touchstone/memory.h>

#include "worlds/world.h"

static struct pages look(const char *label, const void *start, size_t count)
{
	struct pages seen = observe_pages(label, start, count);

	load_each(start, count);
	return seen;
}

WORLD("A machine where evicted pages are back at once",
      .breaks = "a_thread_elsewhere_faults so_it_does_for_swap",
      .spares = "no_thread_loads_from_the_old_frame what_cannot_go_costs_no_fault",
      .observe_pages = look);
