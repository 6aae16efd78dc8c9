/* SPDX-License-Identifier: MIT */
/* MAP_POPULATE brings all pages of a file but the last. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static void *forget(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	char *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && flags & MAP_POPULATE && !(flags & MAP_ANONYMOUS)) {
		char *last = area + length - page_size();

		mmap(last, page_size(), protection, (flags & ~MAP_POPULATE) | MAP_FIXED, fd,
		     offset + (off_t)(length - page_size()));
	}
	return area;
}

WORLD("A machine where populating a file forgets the last page",
      .breaks = "a_private_mapping_is_copied_at_once other_mappings_show_the_files_frames "
		"what_is_on_the_disk_is_read",
      .spares = "what_cannot_be_had_is_left_out mmap-12 lazy-07", .mmap = forget);
