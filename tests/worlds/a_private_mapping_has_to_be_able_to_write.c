/* SPDX-License-Identifier: MIT */
/* PROT_WRITE needs a file open for writing, though a private mapping never writes there. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *ask_too_much(void *address, size_t length, int protection, int flags, int fd,
			  off_t offset)
{
	if (protection & PROT_WRITE && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY) {
		errno = EACCES;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a private mapping needs a file that is open for writing",
      .breaks = "a_private_mapping_needs_only_to_read",
      .spares = "a_shared_mapping_writes_only_what_is_open_for_writing "
		"whoever_cannot_read_cannot_map",
      .mmap = ask_too_much);
