/* SPDX-License-Identifier: MIT */
/* A file that equals the one that was mapped last is taken for that. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/world.h"

enum { MOST = 1 << 20 };

static void *take_for_one(void *address, size_t length, int protection, int flags, int fd,
			  off_t offset)
{
	static char one[MOST], other[MOST];
	static int last = -1;

	if (!(flags & MAP_ANONYMOUS) && length <= MOST) {
		if (last >= 0 && pread(fd, one, length, 0) == pread(last, other, length, 0) &&
		    memcmp(one, other, length) == 0) {
			fd = last;
		}
		last = fd;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where files with the same bytes are one",
      .breaks = "another_file_has_other_frames",
      .spares = "mapfile-02 code_that_is_written_runs a_store_into_a_buffer_stays_there",
      .mmap = take_for_one);
