/* SPDX-License-Identifier: MIT */
/* RLIMIT_MEMLOCK can be set, and binds nobody. */
#include <sys/mman.h>

#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	return resource == RLIMIT_MEMLOCK ? 0 : setrlimit(resource, wanted);
}

WORLD("A machine where locked memory is not limited", .breaks = "it_grows_to_the_limit",
      .spares = "unlocked_it_grows_on fork-30", .setrlimit = limit);
