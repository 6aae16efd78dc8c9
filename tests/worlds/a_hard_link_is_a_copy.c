/* SPDX-License-Identifier: MIT */
/* Whoever opens an object that has two names gets a copy of it. */
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	int fd = shm_open(name, flags, mode);
	struct stat status;

	if (fd >= 0 && fstat(fd, &status) == 0 && status.st_nlink > 1) {
		int copy = memfd_create("copy", MFD_CLOEXEC);
		off_t from = 0;

		(void)!sendfile(copy, fd, &from, (size_t)status.st_size);
		close(fd);
		return copy;
	}
	return fd;
}

WORLD("A machine where a hard link is a copy", .breaks = "two_names_of_one_object_share_it",
      .spares = "an_object_without_a_name_is_shared "
		"the_same_name_later_is_another_object shm-02",
      .shm_open = open_object);
