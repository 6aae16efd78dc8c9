/* SPDX-License-Identifier: MIT */
/* Each mapping of a file begins with its first page. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *ignore(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags, fd, offset > (off_t)1 << 30 ? offset : 0);
}

WORLD("A machine where the offset of a file is ignored",
      .breaks = "mmap-20 a_file_has_an_offset a_mapping_shows_its_part_of_the_object",
      .spares = "mmap-21 mmap-22", .mmap = ignore);
