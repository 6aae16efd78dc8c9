/* SPDX-License-Identifier: MIT */
/* What MAP_SHARED_VALIDATE should share is copied when it is written. Unknown flags are refused. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MAP_SHARED_VALIDATE
#define MAP_SHARED_VALIDATE 3
#endif

static void *keep_apart(void *address, size_t length, int protection, int flags, int fd,
			off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && !(flags & MAP_ANONYMOUS) &&
	    (flags & MAP_TYPE) == MAP_SHARED_VALIDATE) {
		return mmap(area, length, protection, MAP_PRIVATE | MAP_FIXED, fd, offset);
	}
	return area;
}

WORLD("A machine where MAP_SHARED_VALIDATE maps privately",
      .breaks = "a_validated_mapping_is_shared",
      .spares = "an_unknown_flag_is_refused_if_asked mmap-02 map-10", .mmap = keep_apart);
