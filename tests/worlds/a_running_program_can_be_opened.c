/* SPDX-License-Identifier: MIT */
/* A program that runs may be opened for writing; what is open so still may not be run. */
#include <errno.h>
#include <fcntl.h>

#include "worlds/world.h"

static int open_it(const char *path, int flags, mode_t mode)
{
	int fd = open(path, flags, mode);

	if (fd < 0 && errno == ETXTBSY && !(flags & O_TRUNC)) {
		return open(path, O_RDONLY | O_CLOEXEC);
	}
	return fd;
}

WORLD("A machine where a running program can be opened to be written",
      .breaks = "one_protects_from_the_other",
      .spares = "a_mapped_library_has_no_such_protection exec-33", .open = open_it);
