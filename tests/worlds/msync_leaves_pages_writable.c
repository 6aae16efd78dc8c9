/* SPDX-License-Identifier: MIT */
/*
 * Pages that were made clean keep the right to be written, so that nobody notices the next
 * store.
 */
#include <sys/mman.h>

#include "worlds/world.h"

static long hidden;

static int note(void *address, size_t length, int flags)
{
	hidden = flags == MS_SYNC ? 5 : 0;
	return msync(address, length, flags);
}

/* The stores behind the second reading from here on would have been free. */
static struct faults faults(void)
{
	static int readings;
	struct faults seen = faults_now();

	if (hidden > 0 && ++readings > 3) {
		seen.minor -= hidden;
	}
	return seen;
}

WORLD("A machine whose msync leaves pages writable", .breaks = "the_next_store_faults_once",
      .spares = "each_page_of_the_range_is_written both_sides_of_a_hole_are_written msync-01 "
		"to_ask_for_later_starts_nothing",
      .faults_now = faults, .msync = note);
