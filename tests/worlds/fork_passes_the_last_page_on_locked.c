/* SPDX-License-Identifier: MIT */
/* The locks of a range are not inherited, but for its last page. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static const char *last;

static int lock(const void *address, size_t length)
{
	last = page_of((const char *)address + length - 1);
	return mlock(address, length);
}

static void lock_last(void)
{
	if (last) {
		mlock(last, page_size());
	}
}

WORLD("A machine whose fork passes the last page on locked",
      .breaks = "the_child_may_give_locked_pages_back the_map_shows_no_lock",
      .spares = "a_locked_future_is_not_inherited the_parents_future_is_locked", .mlock = lock,
      .born = lock_last);
