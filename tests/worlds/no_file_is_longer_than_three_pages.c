/* SPDX-License-Identifier: MIT */
/* The fourth page of a mapping gives SIGBUS, however long the file is. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *shorten(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) && length > 3 * page_size()) {
		mmap(page(area, 3), length - 3 * page_size(), protection, MAP_PRIVATE | MAP_FIXED,
		     memfd_create("nothing", 0), 0);
	}
	return area;
}

WORLD("A machine where no mapping of a file has more than three pages",
      .breaks = "the_same_area_over_a_longer_file a_longer_file_is_there_at_once",
      .spares = "the_kernel_gets_no_further what_is_appended_is_there_at_once mapfile-09",
      .mmap = shorten);
