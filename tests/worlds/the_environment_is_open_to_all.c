/* SPDX-License-Identifier: MIT */
/* The files of memory are shut, but for the one that shows the environment. */
#include <fcntl.h>
#include <string.h>

#include "worlds/world.h"

static int open_anything(const char *path, int flags, mode_t mode)
{
	int fd = open(path, flags, mode);

	return fd < 0 && strstr(path, "/environ") ? open("/proc/self/maps", flags) : fd;
}

WORLD("A machine where the environment is open to all", .breaks = "the_files_of_memory_stay_shut",
      .spares = "others_cannot_be_traced prot-12 ones_own_childs_are_open", .open = open_anything);
