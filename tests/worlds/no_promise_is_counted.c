/* SPDX-License-Identifier: MIT */
/* No mapping is promised anything. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *decline(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags | MAP_NORESERVE, fd, offset);
}

WORLD("A machine where no promise is counted",
      .breaks = "no_promise_is_too_large_to_be_declined "
		"memory_can_be_had_without_a_promise.a_promise_is_counted",
      .spares = "without_a_promise_nothing_is_counted the_choice_is_made_once", .mmap = decline);
