/* SPDX-License-Identifier: MIT */
/*
 * Pages that were made clean keep the right to be written, so that nobody notices the next
 * store.
 */
#include <sys/mman.h>

#include "worlds/world.h"

enum { STORED = 5, OF_THE_STORES = 2 };

static int counts = -1; /* since the last msync that waits; -1: there was none */

static int note(void *address, size_t length, int flags)
{
	counts = flags == MS_SYNC ? 0 : -1;
	return msync(address, length, flags);
}

/* What loads cost is counted first, and what stores cost after that: nothing. */
static struct faults faults(void)
{
	struct faults seen = faults_now();

	if (counts >= 0 && ++counts == OF_THE_STORES) {
		seen.minor += STORED;
	}
	return seen;
}

WORLD("A machine whose msync leaves pages writable", .breaks = "the_next_store_faults_once",
      .spares = "each_page_of_the_range_is_written both_sides_of_a_hole_are_written msync-01 "
		"to_ask_for_later_starts_nothing",
      .faults_now = faults, .msync = note);
