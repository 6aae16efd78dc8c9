/* SPDX-License-Identifier: MIT */
/* MAP_NORESERVE is not listened to: whoever asks for huge pages gets no more than the pool has. */
#include <sys/mman.h>

#include "worlds/world.h"

static void *map(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap(address, length, protection, flags & ~MAP_NORESERVE, fd, offset);
}

WORLD("A machine that counts every promise of huge pages",
      .breaks = "an_uncounted_promise_ends_in_a_signal"
		" promises_may_exceed_all_memory.one_promise_of_more_than_there_is_is_refused",
      .spares = "a_promise_is_counted the_first_touch_attaches", .mmap = map);
