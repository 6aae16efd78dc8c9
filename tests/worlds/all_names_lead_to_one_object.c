/* SPDX-License-Identifier: MIT */
/* Whatever name an object is made under, it is the first one that was made. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	static int first = -1;
	int fd = shm_open(name, flags, mode);

	if (fd < 0 || !(flags & O_CREAT)) {
		return fd;
	}
	if (first < 0) {
		first = dup(fd);
		return fd;
	}
	close(fd);
	return dup(first);
}

WORLD("A machine where all names lead to one object", .breaks = "another_name_is_another_object",
      .spares = "exclusive_means_that_it_was_not_there "
		"the_first_slash_is_no_part_of_the_name shm-03 shm-07",
      .shm_open = open_object);
