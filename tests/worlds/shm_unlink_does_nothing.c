/* SPDX-License-Identifier: MIT */
/* A name that was removed is still there. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

static int pretend(const char *name)
{
	int fd = shm_open(name, O_RDONLY, 0);

	if (fd >= 0) {
		close(fd);
	}
	return fd >= 0 ? 0 : -1;
}

WORLD("A machine whose shm_unlink does nothing",
      .breaks = "a_name_that_nobody_made_is_not_found until_it_is_removed "
		"a_removed_name_is_free_again the_first_slash_is_no_part_of_the_name",
      .spares = "shm-02 shm-06 shm-09", .shm_unlink = pretend);
