/* SPDX-License-Identifier: MIT */
/* MAP_NORESERVE is taken for a mistake. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags & ~MAP_NORESERVE, fd, offset);
}

WORLD("A machine where every mapping is a promise",
      .breaks = "not_everything_writable_is_a_promise each_promise_is_weighed_alone",
      .spares = "what_may_be_written_is_counted mode_2_counts_all_promises_together "
		"promises_exceed_ram_and_swap_together",
      .mmap = map);
