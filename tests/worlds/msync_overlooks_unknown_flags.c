/* SPDX-License-Identifier: MIT */
/* Flags that mean nothing are taken for nothing. */
#include <sys/mman.h>

#include "worlds/world.h"

static int overlook(void *address, size_t length, int flags)
{
	return msync(address, length, flags & (MS_SYNC | MS_ASYNC | MS_INVALIDATE));
}

WORLD("A machine whose msync overlooks flags that it does not know",
      .breaks = "other_flags_are_refused",
      .spares = "now_and_later_exclude_each_other msync-01 msync-04", .msync = overlook);
