/* SPDX-License-Identifier: MIT */
/* A file that is open for writing cannot be mapped with MAP_DENYWRITE, as the manual has it. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static void *deny(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (flags & MAP_DENYWRITE && !(flags & MAP_ANONYMOUS)) {
		errno = ETXTBSY;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_DENYWRITE is refused for a file that is open for writing",
      .breaks = "nobody_is_kept_from_writing",
      .spares = "no_right_to_execute_is_given memory_is_zero_whatever_is_asked_for "
		"the_area_is_like_any_other",
      .mmap = deny);
