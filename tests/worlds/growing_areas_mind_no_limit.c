/* SPDX-License-Identifier: MIT */
/* The limit of the stack is taken, and forgotten. */
#include <sys/resource.h>

#include "worlds/world.h"

static int forget(int resource, const struct rlimit *limit)
{
	return resource == RLIMIT_STACK ? 0 : setrlimit(resource, limit);
}

WORLD("A machine where an area that grows minds no limit", .breaks = "mmap-07",
      .spares = "mmap-06 other_areas_do_not_grow", .setrlimit = forget);
