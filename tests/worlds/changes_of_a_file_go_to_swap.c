/* SPDX-License-Identifier: MIT */
/* What is stored in a shared mapping of a file is its process's own, and goes to swap when it is to go. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (fd >= 0 && (flags & MAP_TYPE) == MAP_SHARED) {
		flags = (flags & ~MAP_TYPE) | MAP_PRIVATE;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where changes of a file go to swap",
      .breaks = "swap-06 a_shared_change_has_no_second_copy a_file_on_a_disk_is_not_swapped "
		"a_memfd_is_swapped a_file_of_tmpfs_is_swapped another_process_finds_its_bytes",
      .spares = "swap-05 a_private_change_goes_to_swap shared_anonymous_memory_is_swapped "
		"a_segment_is_swapped",
      .mmap = map);
