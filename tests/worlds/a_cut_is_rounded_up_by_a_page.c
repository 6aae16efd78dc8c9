/* SPDX-License-Identifier: MIT */
/* An object that is cut within a page keeps the page behind it. */
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int cut(int fd, off_t length)
{
	struct stat status;
	off_t page = (off_t)page_size();

	if (fstat(fd, &status) == 0 && length % page != 0 && length + page < status.st_size) {
		length += page;
	}
	return ftruncate(fd, length);
}

WORLD("A machine where a cut within a page is rounded up by a page",
      .breaks = "they_are_gone_from_every_process what_comes_back_is_zero",
      .spares = "pages_beyond_the_new_end_are_gone shm-06", .ftruncate = cut);
