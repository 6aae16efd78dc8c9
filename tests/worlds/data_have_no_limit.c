/* SPDX-License-Identifier: MIT */
/* RLIMIT_DATA is taken, and forgotten. */
#include <sys/resource.h>

#include "worlds/world.h"

static int forget(int resource, const struct rlimit *limit)
{
	return resource == RLIMIT_DATA ? 0 : setrlimit(resource, limit);
}

WORLD("A machine where data have no limit", .breaks = "mmap-19",
      .spares = "mmap-18 new_addresses_count without_the_limit_they_are_granted",
      .setrlimit = forget);
