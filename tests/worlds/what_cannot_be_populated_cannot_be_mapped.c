/* SPDX-License-Identifier: MIT */
/* MAP_POPULATE fails if the file is too short for it. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "worlds/world.h"

static void *insist(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct stat status;

	if (flags & MAP_POPULATE && !(flags & MAP_ANONYMOUS) && fstat(fd, &status) == 0 &&
	    status.st_size < offset + (off_t)length) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_POPULATE fails for a page that cannot be had",
      .breaks = "what_cannot_be_had_is_left_out",
      .spares = "a_private_mapping_is_copied_at_once other_mappings_show_the_files_frames mmap-12",
      .mmap = insist);
