/* SPDX-License-Identifier: MIT */
/* Each mapping that can be written is locked, though nobody has asked for it. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *lock_it(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection,
		    protection & PROT_WRITE ? flags | MAP_LOCKED : flags, fd, offset);
}

WORLD("A machine where everything that can be written is locked",
      .breaks = "without_the_flag_nothing_is_locked "
		"a_mapping_can_be_locked_from_the_start.without_the_flag_nothing_is_counted "
		"areas_differ_by_their_flags",
      .spares = "mmap-08 mmap-09 mmap-10", .mmap = lock_it);
