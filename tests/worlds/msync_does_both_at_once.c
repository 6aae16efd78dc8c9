/* SPDX-License-Identifier: MIT */
/* Asked for both, now and later, it takes it for now. */
#include <sys/mman.h>

#include "worlds/world.h"

static int take_both(void *address, size_t length, int flags)
{
	return msync(address, length, flags & MS_SYNC ? flags & ~MS_ASYNC : flags);
}

WORLD("A machine whose msync takes MS_SYNC and MS_ASYNC together",
      .breaks = "now_and_later_exclude_each_other",
      .spares = "other_flags_are_refused msync-01 msync-04", .msync = take_both);
