/* SPDX-License-Identifier: MIT */
/* A program that runs may be cut while it is opened. */
#include <errno.h>
#include <fcntl.h>

#include "worlds/world.h"

static int open_it(const char *path, int flags, mode_t mode)
{
	int fd = open(path, flags, mode);

	if (fd < 0 && errno == ETXTBSY && flags & O_TRUNC) {
		return open(path, O_RDONLY | O_CLOEXEC);
	}
	return fd;
}

WORLD("A machine where a running program can be cut",
      .breaks = "a_running_program_is_not_replaced_in_place",
      .spares = "one_protects_from_the_other a_mapped_library_has_no_such_protection",
      .open = open_it);
