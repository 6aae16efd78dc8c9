/* SPDX-License-Identifier: MIT */
/* Locked pages are never moved: who asks for it is refused. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static const char *locked;

static int lock(const void *start, size_t length)
{
	locked = start;
	return mlock(start, length);
}

static int advise(void *start, size_t length, int advice)
{
	if (advice == 25 && start == locked) { /* MADV_COLLAPSE */
		errno = EAGAIN;
		return -1;
	}
	return madvise(start, length, advice);
}

WORLD("A machine where a lock is a pin", .breaks = "a_locked_page_may_move",
      .spares = "a_pinned_page_stays_in_its_frame without_a_pin_it_may_move_again", .mlock = lock,
      .madvise = advise);
