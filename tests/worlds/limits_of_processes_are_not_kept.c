/* SPDX-License-Identifier: MIT */
/* RLIMIT_NPROC can be set, and binds nobody. */
#include "worlds/world.h"

static int limit(int resource, const struct rlimit *wanted)
{
	return resource == RLIMIT_NPROC ? 0 : setrlimit(resource, wanted);
}

WORLD("A machine where limits of processes are not kept",
      .breaks = "the_number_of_processes_is_limited",
      .spares = "with_room_for_more_it_forks the_size_is_not fork-47", .setrlimit = limit);
