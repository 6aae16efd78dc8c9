/* SPDX-License-Identifier: MIT */
/* Unknown flags are refused by every mapping of a file, asked or not. */
#include <errno.h>
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

static void *refuse(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if (!(flags & MAP_ANONYMOUS) && flags & UNKNOWN) {
		errno = EOPNOTSUPP;
		return MAP_FAILED;
	}
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where unknown flags are refused by every mapping",
      .breaks =
	      "other_mappings_ignore_what_they_do_not_know a_plain_shared_mapping_ignores_the_wish",
      .spares = "mmap-01 mmap-02 map-01", .mmap = refuse);
