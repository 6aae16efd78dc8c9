/* SPDX-License-Identifier: MIT */
/* When the limit of locking is lowered everything is unlocked. */
#include <sys/mman.h>
#include <sys/resource.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	if (resource == RLIMIT_MEMLOCK) {
		munlockall();
	}
	return setrlimit(resource, wanted);
}

WORLD("A machine on which lowering the limit unlocks",
      .breaks = "what_is_locked_outlives_the_limit",
      .spares = "mlock-19 mlock-20 a_limit_of_nought_refuses_all", .setrlimit = limit);
