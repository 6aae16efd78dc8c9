/* SPDX-License-Identifier: MIT */
/* A part of a page in the limit is taken for a page. */
#include <sys/resource.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	struct rlimit given = *wanted;

	if (resource == RLIMIT_MEMLOCK) {
		given.rlim_cur = (given.rlim_cur + page_size() - 1) / page_size() * page_size();
	}
	return setrlimit(resource, &given);
}

WORLD("A machine whose limit of locking is rounded up", .breaks = "mlock-21",
      .spares = "mlock-19 mlock-20 mlock-22", .setrlimit = limit);
