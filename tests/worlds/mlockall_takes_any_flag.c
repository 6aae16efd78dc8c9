/* SPDX-License-Identifier: MIT */
/* mlockall ignores flags it does not know. */
#include <sys/mman.h>

#include "worlds/world.h"

static int lock_all(int flags)
{
	return mlockall(flags & (MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT));
}

WORLD("A machine whose mlockall takes any flag", .breaks = "mlock-28",
      .spares = "mlock-23 mlock-24 mlock-25", .mlockall = lock_all);
