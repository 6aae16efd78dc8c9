/* SPDX-License-Identifier: MIT */
/* Nothing is counted when it is mapped. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags | MAP_NORESERVE, fd, offset);
}

WORLD("A machine where a promise counts from the touch on",
      .breaks = "what_may_be_written_is_counted a_right_to_write_is_a_promise "
		"a_right_to_write_may_be_refused each_promise_is_weighed_alone",
      .spares = "mode_2_counts_all_promises_together mode_1_refuses_nothing "
		"not_everything_writable_is_a_promise",
      .mmap = map);
