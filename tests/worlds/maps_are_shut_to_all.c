/* SPDX-License-Identifier: MIT */
/* Nobody may read the list of areas of another process, be it an own child. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "worlds/world.h"

static int open_others(const char *path, int flags, mode_t mode)
{
	if (strstr(path, "/maps") && !strstr(path, "/self/")) {
		errno = EACCES;
		return -1;
	}
	return open(path, flags, mode);
}

WORLD("A machine where the list of areas is shut to all",
      .breaks = "the_files_of_memory_are_shut_to_others.ones_own_childs_are_open",
      .spares = "prot-23 prot-12", .open = open_others);
