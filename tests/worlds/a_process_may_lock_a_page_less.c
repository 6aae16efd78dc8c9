/* SPDX-License-Identifier: MIT */
/* RLIMIT_MEMLOCK is a page smaller than it was set. */
#include <sys/resource.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	struct rlimit given = *wanted;

	if (resource == RLIMIT_MEMLOCK && given.rlim_cur >= page_size()) {
		given.rlim_cur -= page_size();
	}
	return setrlimit(resource, &given);
}

WORLD("A machine whose limit of locking has a page less",
      .breaks = "mlock-19 a_higher_limit_permits_more what_is_locked_outlives_the_limit",
      .spares = "mlock-08 mlock-16", .setrlimit = limit);
