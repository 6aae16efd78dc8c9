/* SPDX-License-Identifier: MIT */
/* fsync writes what write(2) has written, and nothing that was stored through a mapping. */
#include "worlds/world.h"

static int forget(int fd)
{
	return fd < 0 ? -1 : 0;
}

WORLD("A machine whose fsync forgets what was stored through mappings",
      .breaks = "fsync_cleans_mapped_pages_too",
      .spares = "each_page_of_the_range_is_written the_next_store_faults_once mapfile-05",
      .fsync = forget);
