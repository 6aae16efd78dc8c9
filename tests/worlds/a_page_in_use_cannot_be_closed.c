/* SPDX-License-Identifier: MIT */
/* Every third time a pager takes all rights from a page that has a frame, nothing happens. */
#include <sys/mman.h>

#include <touchstone/residency.h>

#include "arrange/pager.h"
#include "worlds/world.h"

enum { EACH = 3 };

static int protect(void *address, size_t length, int protection)
{
	static unsigned times;

	if (protection == PROT_NONE && count_in_memory(address, 1) == 1 && ++times % EACH == 0) {
		return 0;
	}
	return mprotect(address, length, protection);
}

static void enter(void)
{
	pager_mprotect = protect;
}

WORLD("A machine where a page in use cannot always be closed",
      .breaks = "exact_recency_traps_always who_watches_nothing_is_told_nothing"
		" it_is_so_for_real_faults real_faults_tell_the_same",
      .spares = "age_is_free pages_go_in_the_order_they_came who_comes_again_goes_to_the_end "
		"four_frames_fault_more_than_three",
      .enter = enter);
