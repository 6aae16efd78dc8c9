/* SPDX-License-Identifier: MIT */
/* What is mapped in the new program is locked, because the old one had ordered it. */
#include <stdio.h>
#include <sys/mman.h>

#include "worlds/programs.h"
#include "worlds/world.h"

static int execute(const char *path, char *const *argv, char *const *envp)
{
	char order[20];

	snprintf(order, sizeof order, "lock=%d", MCL_FUTURE);
	return execute_with(path, argv, envp, order);
}

WORLD("A machine whose execve keeps the order to lock what comes", .breaks = "locks_are_not_kept",
      .spares = "segments_are_detached no_area_is_left exec-10", .execve = execute);
