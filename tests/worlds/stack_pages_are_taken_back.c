/* SPDX-License-Identifier: MIT */
/*
 * When a deep call has returned, the pages below the stack pointer are taken back. (Here: when
 * faults are counted next.)
 */
#include <sys/mman.h>

#include <touchstone/areas.h>
#include <touchstone/memory.h>

#include "worlds/world.h"

static struct faults take_back(void)
{
	char *start = (char *)observe_area(__builtin_frame_address(0)).start;
	char *end = page_of(__builtin_frame_address(0)) - 4 * page_size();
	struct faults now = faults_now();

	if (end > start) {
		madvise(start, (size_t)(end - start), MADV_DONTNEED);
	}
	return now;
}

WORLD("A machine where stack pages are taken back",
      .breaks = "each_new_page_costs_one_fault the_second_use_needs_nothing the_pages_stay",
      .spares = "no_other_area_changes deeper_calls_lie_lower", .faults_now = take_back);
