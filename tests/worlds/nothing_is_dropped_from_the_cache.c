/* SPDX-License-Identifier: MIT */
/* POSIX_FADV_DONTNEED is taken, and nothing is dropped. */
#include <fcntl.h>

#include "worlds/world.h"

static int advise(int fd, off_t offset, off_t length, int advice)
{
	return advice == POSIX_FADV_DONTNEED ? 0 : posix_fadvise(fd, offset, length, advice);
}

WORLD("A machine that drops nothing from the page cache",
      .breaks = "whole_pages_that_nobody_needs_go reading_with_care_pushes_nobody_out",
      .spares = "fadvise-01 fadvise-03 a_walk_pushes_others_out", .posix_fadvise = advise);
