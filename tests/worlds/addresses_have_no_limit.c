/* SPDX-License-Identifier: MIT */
/* RLIMIT_AS is taken, and forgotten. */
#include <sys/resource.h>

#include "worlds/world.h"

static int forget(int resource, const struct rlimit *limit)
{
	return resource == RLIMIT_AS ? 0 : setrlimit(resource, limit);
}

WORLD("A machine where addresses have no limit", .breaks = "mmap-18 new_addresses_count",
      .spares = "mmap-19 new_data_count mmap-07 without_the_limit_all_of_it_is_granted",
      .setrlimit = forget);
