/* SPDX-License-Identifier: MIT */
/* mlock unlocks what was locked before. */
#include <sys/mman.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	munlockall();
	return mlock(address, length);
}

WORLD("A machine whose mlock unlocks what was locked before",
      .breaks = "locks_that_overlap_count_once each_mapping_has_a_lock_of_its_own "
		"a_page_beyond_it_is_refused",
      .spares = "mlock-01 mlock-06 mlock-12", .mlock = lock);
