/* SPDX-License-Identifier: MIT */
/* With a page that is to leave all pages of its area leave. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *whole = gate_mapping_of(address);

	return advice == MADV_PAGEOUT && whole ? madvise(whole->start, whole->length, advice)
					       : madvise(address, length, advice);
}

WORLD("A machine where swapping takes whole areas", .breaks = "one_goes_and_its_neighbours_stay",
      .spares = "all_may_go_and_the_process_runs_on a_file_holds_swapped_pages", .madvise = advise);
