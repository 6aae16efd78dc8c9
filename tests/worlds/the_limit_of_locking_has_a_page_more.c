/* SPDX-License-Identifier: MIT */
/* RLIMIT_MEMLOCK is a page larger than it was set, but for nought. */
#include <sys/resource.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	struct rlimit given = *wanted;

	if (resource == RLIMIT_MEMLOCK && given.rlim_cur > 0) {
		given.rlim_cur += page_size();
	}
	return setrlimit(resource, &given);
}

WORLD("A machine whose limit of locking has a page more", .breaks = "mlock-19 mlock-20 mlock-21",
      .spares = "mlock-22 mlock-08", .setrlimit = limit);
