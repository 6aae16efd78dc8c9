/* SPDX-License-Identifier: MIT */
/* Between the areas of a program there is no room: all of the widest gap is an area, too. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

static void enter(void)
{
	struct area_list list = observe_areas();
	uintptr_t from, to, before = 0, gap = 0, gap_length = 0;

	for (const char *line = list.text; line && *line; line = strchr(line, '\n') + 1) {
		if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR, &from, &to) != 2 || to < from ||
		    from > INTPTR_MAX) {
			break;
		}
		if (before && from - before > gap_length) {
			gap = before;
			gap_length = from - before;
		}
		before = to;
	}
	arrange(mmap((void *)gap, gap_length, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1,
		     0) != MAP_FAILED);
}

WORLD("A machine where most addresses are taken", .breaks = "most_addresses_belong_to_nobody",
      .spares = "an_area_has_no_gap", .enter = enter);
