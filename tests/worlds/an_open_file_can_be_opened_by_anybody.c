/* SPDX-License-Identifier: MIT */
/* Who holds a file open can open it anew, whatever its permissions. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "worlds/world.h"

static int open_anyway(const char *path, int flags, mode_t mode)
{
	int again = open(path, flags, mode);

	return again < 0 && errno == EACCES && strncmp(path, "/proc/self/fd/", 14) == 0
		       ? dup(atoi(path + 14))
		       : again;
}

WORLD("A machine where an open file can be opened by anybody",
      .breaks = "who_comes_later_is_refused",
      .spares = "mmap-26 mmap-27 a_closed_descriptor_maps_nothing", .open = open_anyway);
