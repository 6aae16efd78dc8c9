/* SPDX-License-Identifier: MIT */
/* An object that shrinks keeps a page more than it should. */
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int cut(int fd, off_t length)
{
	struct stat status;
	off_t page = (off_t)page_size();

	if (fstat(fd, &status) == 0 && length % page == 0 && length + page <= status.st_size) {
		length += page;
	}
	return ftruncate(fd, length);
}

WORLD("A machine where an object that is cut keeps a page more",
      .breaks = "pages_beyond_the_new_end_are_gone a_file_without_a_seal_does_both",
      .spares = "they_are_gone_from_every_process what_comes_back_is_zero shm-06",
      .ftruncate = cut);
