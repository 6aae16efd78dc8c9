/* SPDX-License-Identifier: MIT */
/* MAP_SHARED_VALIDATE is taken, but nothing is validated. */
#include <sys/mman.h>

#include "worlds/world.h"

#ifndef MAP_SHARED_VALIDATE
#define MAP_SHARED_VALIDATE 3
#endif
#ifndef MAP_SYNC
#define MAP_SYNC 0
#endif

/* What this machine has never heard of. */
enum { UNKNOWN = 1 << 22 | 1 << 25 | MAP_SYNC };

static void *ignore(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if ((flags & MAP_TYPE) == MAP_SHARED_VALIDATE && !(flags & MAP_ANONYMOUS)) {
		flags &= ~UNKNOWN;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where MAP_SHARED_VALIDATE validates nothing",
      .breaks = "mmap-02 an_unknown_flag_is_refused_if_asked",
      .spares = "a_validated_mapping_is_shared map-10", .mmap = ignore);
