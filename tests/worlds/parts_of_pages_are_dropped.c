/* SPDX-License-Identifier: MIT */
/* POSIX_FADV_DONTNEED drops each page that its range touches, not only those inside it. */
#include <fcntl.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(int fd, off_t offset, off_t length, int advice)
{
	off_t size = (off_t)page_size(), end = (offset + length + size - 1) / size * size;

	if (advice == POSIX_FADV_DONTNEED && length > 0) {
		offset = offset / size * size;
		length = end - offset;
	}
	return posix_fadvise(fd, offset, length, advice);
}

WORLD("A machine that drops pages for a part of them", .breaks = "whole_pages_that_nobody_needs_go",
      .spares = "other_advice_drops_nothing fadvise-01 fadvise-03", .posix_fadvise = advise);
