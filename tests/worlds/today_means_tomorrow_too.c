/* SPDX-License-Identifier: MIT */
/* MCL_CURRENT is MCL_FUTURE as well. */
#include <sys/mman.h>

#include "worlds/world.h"

static int lock_all(int flags)
{
	return mlockall(flags & MCL_CURRENT ? flags | MCL_FUTURE : flags);
}

WORLD("A machine whose MCL_CURRENT goes on", .breaks = "mlock-23",
      .spares = "mlock-24 mlock-26 mlock-27", .mlockall = lock_all);
