/* SPDX-License-Identifier: MIT */
/* A child of a process under MCL_FUTURE is under it, too. */
#include <sys/mman.h>

#include "worlds/world.h"

static int future;

static int lock_all(int flags)
{
	future = flags & MCL_FUTURE;
	return mlockall(flags);
}

static void go_on(void)
{
	if (future) {
		mlockall(MCL_FUTURE);
	}
}

WORLD("A machine whose children lock what they map", .breaks = "mlock-27",
      .spares = "mlock-23 mlock-24 mlock-26", .mlockall = lock_all, .born = go_on);
