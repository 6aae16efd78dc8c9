/* SPDX-License-Identifier: MIT */
/* PROT_NONE takes a page's frame as well as the rights. */
#include <sys/mman.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	if (protection == PROT_NONE) {
		madvise(address, length, MADV_DONTNEED);
	}
	return mprotect(address, length, protection);
}

static void enter(void)
{
	pager_mprotect = protect;
}

WORLD("A machine where a page that is closed is lost",
      .breaks = "with_frames_for_all_nobody_goes a_loop_that_fits_is_never_missed"
		" recency_keeps_what_is_used the_order_of_uses_gains_by_a_frame "
		"who_was_used_is_passed_over"
		" who_watches_nothing_is_told_nothing a_bit_costs_less_than_the_order",
      .spares = "age_is_free four_frames_fault_more_than_three who_only_reads_writes_nothing_back",
      .enter = enter);
