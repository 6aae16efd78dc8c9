/* SPDX-License-Identifier: MIT */
/* MS_ASYNC is no less than MS_SYNC. */
#include <sys/mman.h>

#include "worlds/world.h"

static int write_now(void *address, size_t length, int flags)
{
	return msync(address, length, flags == MS_ASYNC ? MS_SYNC : flags);
}

WORLD("A machine whose msync writes at once when it is told to write later",
      .breaks = "to_ask_for_later_starts_nothing",
      .spares = "written_pages_are_dirty_until_synchronised msync-01 msync-02 msync-03",
      .msync = write_now);
