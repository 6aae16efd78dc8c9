/* SPDX-License-Identifier: MIT */
/* Private areas of one length are one memory: they would hold the same bytes one day. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	static char *former;
	static size_t former_length;
	char *area;

	if ((flags & (MAP_TYPE | MAP_ANONYMOUS)) != (MAP_PRIVATE | MAP_ANONYMOUS)) {
		return mmap(address, length, protection, flags, fd, offset);
	}
	if (former && length == former_length) {
		return mremap(former, 0, length, MREMAP_MAYMOVE | MREMAP_FIXED, address);
	}
	area = mmap(address, length, protection, (flags & ~MAP_TYPE) | MAP_SHARED, fd, offset);
	former = area;
	former_length = length;
	return area;
}

WORLD("A machine where equal private areas are one",
      .breaks = "equal_bytes_share_nothing equal_pages_have_frames_of_their_own "
		"a_lock_in_private_memory_is_two",
      .spares = "the_same_object_shows_each_store share-03 "
		"an_object_without_a_name_is_shared",
      .mmap = map);
