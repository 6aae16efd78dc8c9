/* SPDX-License-Identifier: MIT */
/* MCL_ONFAULT is ignored beside another flag. */
#include <sys/mman.h>

#include "worlds/world.h"

static int lock_all(int flags)
{
	return mlockall(flags == MCL_ONFAULT ? flags : flags & ~MCL_ONFAULT);
}

WORLD("A machine whose mlockall never waits for the touch", .breaks = "mlock-25",
      .spares = "mlock-23 mlock-24 mlock-28", .mlockall = lock_all);
