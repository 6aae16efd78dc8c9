/* SPDX-License-Identifier: MIT */
/* RLIMIT_DATA can be set, and binds nobody. */
#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	return resource == RLIMIT_DATA ? 0 : setrlimit(resource, wanted);
}

WORLD("A machine where limits of data are not kept",
      .breaks = "the_limits_refuse the_library_says_so a_mapping_is_refused_there",
      .spares = "heap-22 brk-07 the_size_is_not", .setrlimit = limit);
