/* SPDX-License-Identifier: MIT */
/* The memory of a child is counted against its parent's limits. */
#include <errno.h>
#include <unistd.h>

#include "worlds/world.h"

enum { LITTLE = 1024 * 1024 };

static pid_t fork_by_size(void)
{
	struct rlimit space, data;

	getrlimit(RLIMIT_AS, &space);
	getrlimit(RLIMIT_DATA, &data);
	if (space.rlim_cur < LITTLE || data.rlim_cur < LITTLE) {
		errno = ENOMEM;
		return -1;
	}
	return fork();
}

WORLD("A machine whose fork minds the size", .breaks = "the_size_is_not",
      .spares = "the_number_of_processes_is_limited a_mapping_is_refused_there",
      .fork = fork_by_size);
