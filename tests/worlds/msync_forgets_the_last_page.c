/* SPDX-License-Identifier: MIT */
/* A page of which the range holds but a part is left as it is. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int round_down(void *address, size_t length, int flags)
{
	return msync(address, length / page_size() * page_size(), flags);
}

WORLD("A machine whose msync forgets the last page of a crooked range",
      .breaks = "each_page_of_the_range_is_written",
      .spares = "written_pages_are_dirty_until_synchronised the_next_store_faults_once msync-01 "
		"msync-02",
      .msync = round_down);
