/* SPDX-License-Identifier: MIT */
/* A mapping that cannot be made answers so, and leaves a page of addresses behind. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *leave_an_area(void *address, size_t length, int protection, int flags, int fd,
			   off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area == MAP_FAILED) {
		int error = errno;

		mmap(NULL, page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		errno = error;
	}
	return area;
}

WORLD("A machine where a mapping that fails leaves an area behind",
      .breaks = "a_mapping_that_fails_leaves_the_map",
      .spares = "a_mapping_that_fails_changes_no_byte no_length_is_an_error map-11",
      .mmap = leave_an_area);
