/* SPDX-License-Identifier: MIT */
/* What is mapped of a file stays in the cache, locked, whoever wants the memory. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	void *area = mmap(address, length, protection, flags, fd, offset);

	if (area != MAP_FAILED && fd >= 0) {
		mlock(area, length);
	}
	return area;
}

WORLD("A machine whose cache gives nothing back", .breaks = "opt-07 the_cache_goes_first",
      .spares = "where_there_is_room_the_cache_stays opt-03", .mmap = map);
