/* SPDX-License-Identifier: MIT */
/* The first time that a whole area is given other rights, it falls to pieces of a page each. */
#include <stdbool.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { PIECES = 10000 };

static int protect(void *address, size_t length, int protection)
{
	static bool done;
	int answer = mprotect(address, length, protection);

	for (size_t i = 0; !done && length > page_size() && i < PIECES && i * page_size() < length;
	     i += 2) {
		madvise(page(address, i), page_size(), MADV_DONTDUMP);
	}
	done = done || length > page_size();
	return answer;
}

WORLD("A machine where a first change cuts an area to pieces",
      .breaks = "each_area_costs_the_kernel_memory.one_large_area_costs_little"
		" a_change_of_a_part_splits_an_area.a_change_of_the_whole_splits_nothing",
      .spares = "many_areas_cost_much vma-10 vma-01", .mprotect = protect);
