/* SPDX-License-Identifier: MIT */
/* MS_SYNC is no more than MS_ASYNC. */
#include <sys/mman.h>

#include "worlds/world.h"

static int put_off(void *address, size_t length, int flags)
{
	return msync(address, length, flags == MS_SYNC ? MS_ASYNC : flags);
}

WORLD("A machine whose msync writes nothing",
      .breaks = "written_pages_are_dirty_until_synchronised both_sides_of_a_hole_are_written "
		"the_next_store_faults_once each_page_of_the_range_is_written",
      .spares = "to_ask_for_later_starts_nothing fsync_cleans_mapped_pages_too msync-01 msync-02",
      .msync = put_off);
