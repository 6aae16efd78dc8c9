/* SPDX-License-Identifier: MIT */
/* MAP_EXECUTABLE permits to execute. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *permit(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, flags & MAP_EXECUTABLE ? protection | PROT_EXEC : protection,
		    flags, fd, offset);
}

WORLD("A machine where MAP_EXECUTABLE permits to execute",
      .breaks = "no_right_to_execute_is_given the_area_is_like_any_other",
      .spares = "nobody_is_kept_from_writing memory_is_zero_whatever_is_asked_for "
		"a_stack_does_not_grow",
      .mmap = permit);
