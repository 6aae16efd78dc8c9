/* SPDX-License-Identifier: MIT */
/* A file that is mapped to be executed cannot be opened for writing. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static const char *wanted;
static bool is_library;

static void compare(const struct mapping *mapping)
{
	char path[40];

	snprintf(path, sizeof path, "/proc/self/fd/%d", mapping->fd);
	is_library = is_library || (mapping->protection & PROT_EXEC && strcmp(path, wanted) == 0);
}

static int open_it(const char *path, int flags, mode_t mode)
{
	wanted = path;
	is_library = false;
	gate_each_mapping(compare);
	if (is_library && (flags & O_ACCMODE) != O_RDONLY) {
		errno = ETXTBSY;
		return -1;
	}
	return open(path, flags, mode);
}

WORLD("A machine where a mapped library is protected, too",
      .breaks = "a_mapped_library_has_no_such_protection",
      .spares = "one_protects_from_the_other afterwards_it_can_be_written", .open = open_it);
