/* SPDX-License-Identifier: MIT */
/* What is stored into a shared mapping of a file is kept by whoever stored it. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *keep_apart(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	if (!(flags & MAP_ANONYMOUS) && (flags & MAP_TYPE) == MAP_SHARED) {
		flags = (flags & ~MAP_TYPE) | MAP_PRIVATE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where shared mappings of files are private",
      .breaks = "a_shared_file_mapping_stays_one a_shared_write_reaches_everybody "
		"all_windows_show_one_object vma-08",
      .spares = "shared_memory_stays_one a_private_write_reaches_nobody map-01 "
		"one_of_the_flags_must_be_given",
      .mmap = keep_apart);
