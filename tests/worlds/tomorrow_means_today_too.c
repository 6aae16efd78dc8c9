/* SPDX-License-Identifier: MIT */
/* MCL_FUTURE is MCL_CURRENT as well. */
#include <sys/mman.h>

#include "worlds/world.h"

static int lock_all(int flags)
{
	return mlockall(flags & MCL_FUTURE ? flags | MCL_CURRENT : flags);
}

WORLD("A machine whose MCL_FUTURE begins at once", .breaks = "mlock-24 mlock-25",
      .spares = "mlock-23 mlock-26 mlock-27", .mlockall = lock_all);
