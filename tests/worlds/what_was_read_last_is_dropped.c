/* SPDX-License-Identifier: MIT */
/* A page of a file whose last byte was read has done its duty, and leaves the page cache. */
#include <fcntl.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static ssize_t read_and_drop(int fd, void *bytes, size_t length, off_t offset)
{
	ssize_t answer = pread(fd, bytes, length, offset);
	off_t end = offset + (off_t)length, page = (off_t)page_size();

	if (end % page == 0) {
		posix_fadvise(fd, end - page, page, POSIX_FADV_DONTNEED);
	}
	return answer;
}

WORLD("A machine where a page of a file is dropped once it was read",
      .breaks = "the_kernel_has_them_all",
      .spares = "the_reader_gets_no_page a_touch_makes_them_the_programs", .pread = read_and_drop);
