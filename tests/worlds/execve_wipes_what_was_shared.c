/* SPDX-License-Identifier: MIT */
/* The last byte of shared memory is wiped when a program that has mapped it goes. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static void wipe_last(const struct mapping *mapping)
{
	if ((mapping->flags & MAP_TYPE) == MAP_SHARED && mapping->protection & PROT_WRITE) {
		mapping->start[mapping->length - 1] = 0;
	}
}

static int execute(const char *path, char *const *argv, char *const *envp)
{
	gate_each_mapping(wipe_last);
	return execve(path, argv, envp);
}

WORLD("A machine whose execve wipes what was shared", .breaks = "what_others_share_stays_theirs",
      .spares = "no_area_is_left fork_keeps_the_areas exec-31", .execve = execute);
