/* SPDX-License-Identifier: MIT */
/* A private mapping of a file is populated by reading, though it may be written. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *read_only_first(void *address, size_t length, int protection, int flags, int fd,
			     off_t offset)
{
	if (flags & MAP_POPULATE && flags & MAP_PRIVATE && !(flags & MAP_ANONYMOUS) &&
	    protection & PROT_WRITE) {
		char *area = mmap(address, length, PROT_READ, flags, fd, offset);

		if (area != MAP_FAILED) {
			mprotect(area, length, protection);
		}
		return area;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where populating a private file copies nothing",
      .breaks = "a_private_mapping_is_copied_at_once",
      .spares = "other_mappings_show_the_files_frames what_is_on_the_disk_is_read mmap-12 lazy-07",
      .mmap = read_only_first);
