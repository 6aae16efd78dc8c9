/* SPDX-License-Identifier: MIT */
/* What goes out together loses its very first byte. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { MANY = 16 };

static int advise(void *address, size_t length, int advice)
{
	static void *known;

	if (advice == MADV_PAGEOUT && length >= MANY * page_size() && address != known) {
		known = address; /* once is enough */
		store(address, (unsigned char)~load(address));
	}
	return madvise(address, length, advice);
}

WORLD("A machine where going out costs the first byte",
      .breaks = "no_advice_takes_their_bytes where_there_is_swap_they_leave "
		"all_may_go_and_the_process_runs_on "
		"a_disk_is_slower_than_memory a_walk_waits_for_a_few a_disk_can_be_taken_away "
		"a_refused_swapoff_changes_nothing",
      .spares = "one_goes_and_its_neighbours_stay a_store_in_place_leaves_the_slot_stale",
      .madvise = advise);
