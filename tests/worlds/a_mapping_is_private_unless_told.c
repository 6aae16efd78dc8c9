/* SPDX-License-Identifier: MIT */
/* Neither flag means private, where it should be an error. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *supply_a_flag(void *address, size_t length, int protection, int flags, int fd,
			   off_t offset)
{
	flags |= flags & MAP_TYPE ? 0 : MAP_PRIVATE;
	return mmap(address, length, protection, flags, fd, offset);
}

WORLD("A machine where a mapping is private unless told otherwise",
      .breaks = "one_of_the_flags_must_be_given",
      .spares = "private_memory_becomes_two shared_memory_stays_one map-11", .mmap = supply_a_flag);
