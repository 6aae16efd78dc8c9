/* SPDX-License-Identifier: MIT */
/* What shm_open makes has a page from the start. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int open_object(const char *name, int flags, mode_t mode)
{
	int fd = shm_open(name, flags, mode);
	struct stat status;

	if (fd >= 0 && flags & O_CREAT && fstat(fd, &status) == 0 && status.st_size == 0) {
		(void)!ftruncate(fd, (off_t)page_size());
	}
	return fd;
}

WORLD("A machine whose new shared objects have a page already",
      .breaks = "a_new_object_has_no_length a_removed_name_is_free_again",
      .spares = "what_ftruncate_adds_is_zero it_has_an_owner_and_a_mode shm-02",
      .shm_open = open_object);
