/* SPDX-License-Identifier: MIT */
/* Anybody may open something that is called memory, to read it. */
#include <fcntl.h>
#include <string.h>

#include "worlds/world.h"

static int open_anything(const char *path, int flags, mode_t mode)
{
	if (strcmp(path, "/dev/mem") == 0 && (flags & O_ACCMODE) == O_RDONLY) {
		path = "/";
	}
	return open(path, flags, mode);
}

WORLD("A machine where memory itself can be read",
      .breaks = "nobody_unprivileged_opens_memory_itself",
      .spares = "the_unprivileged_see_no_numbers", .open = open_anything);
