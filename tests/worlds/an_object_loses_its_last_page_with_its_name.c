/* SPDX-License-Identifier: MIT */
/* shm_unlink gives the last page back, though somebody has it mapped. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int remove_name(const char *name)
{
	int fd = shm_open(name, O_RDWR, 0);
	struct stat status;

	if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size > 0) {
		fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
			  status.st_size - (off_t)page_size(), (off_t)page_size());
	}
	if (fd >= 0) {
		close(fd);
	}
	return shm_unlink(name);
}

WORLD("A machine where an object loses its last page with its name",
      .breaks = "shm-06 a_shared_object_lives_while_it_is_used.a_descriptor_needs_no_name",
      .spares = "shm-02 shm-03 a_removed_name_is_free_again shm-09", .shm_unlink = remove_name);
