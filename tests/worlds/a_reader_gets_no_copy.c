/* SPDX-License-Identifier: MIT */
/* A private mapping that can be written needs a descriptor to write. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (fd >= 0 && protection & PROT_WRITE && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) {
		errno = EACCES;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a reader gets no copy to write to", .breaks = "a_reader_may_write_to_a_copy",
      .spares = "a_reader_gets_no_shared_mapping_to_write nor_does_it_become_one", .mmap = map);
