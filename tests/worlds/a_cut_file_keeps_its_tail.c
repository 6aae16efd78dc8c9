/* SPDX-License-Identifier: MIT */
/*
 * Where a file is cut within a page, the rest of that page is not cleared, and shows when the file
 * grows again.
 */
#include <unistd.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

enum { LARGEST_PAGE = 64 * 1024 };

static int cut(int fd, off_t length)
{
	static char tail[LARGEST_PAGE];
	static ssize_t kept;
	static off_t from;
	int answer;

	if (kept > 0 && length >= from + kept) {
		answer = ftruncate(fd, length);
		arrange(pwrite(fd, tail, (size_t)kept, from) == kept);
		kept = 0;
		return answer;
	}
	from = length;
	kept = pread(fd, tail, (page_size() - (size_t)length % page_size()) % page_size(), length);
	return ftruncate(fd, length);
}

WORLD("A machine where a cut file keeps its tail", .breaks = "a_file_that_grows_again_is_zero",
      .spares = "shared_memory_is_zero files_and_pipes_leave_nothing", .ftruncate = cut);
