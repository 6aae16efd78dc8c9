/* SPDX-License-Identifier: MIT */
/* It is the descriptor that must not append if the file is to be mapped. */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_SHARED && !(flags & MAP_ANONYMOUS) && fcntl(fd, F_GETFL) & O_APPEND) {
		errno = EACCES;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a descriptor that appends cannot be mapped",
      .breaks = "a_file_without_restrictions_is_granted", .spares = "mmap-23 mmap-24 map-11",
      .mmap = refuse);
