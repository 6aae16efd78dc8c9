/* SPDX-License-Identifier: MIT */
/* A mapping that is longer than its file goes on with ordinary memory. */
#include <sys/mman.h>
#include <sys/stat.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *go_on(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);
	struct stat file;

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && fstat(fd, &file) == 0) {
		size_t inside = ((size_t)file.st_size + page_size() - 1) / page_size() *
				page_size();

		if (offset == 0 && inside < length) {
			mmap(area + inside, length - inside, protection,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
		}
	}
	return area;
}

WORLD("A machine where zeros lie behind the end of a file", .breaks = "mapfile-06 mapfile-25",
      .spares = "mapfile-01 mapfile-09 the_same_area_over_a_longer_file", .mmap = go_on);
