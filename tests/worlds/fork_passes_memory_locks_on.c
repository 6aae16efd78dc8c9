/* SPDX-License-Identifier: MIT */
/* What is locked in the parent is locked in its child, and so is what comes. */
#include <sys/mman.h>

#include "worlds/gate.h"

static int future;

static int lock_all(int flags)
{
	future = flags & MCL_FUTURE;
	return mlockall(flags);
}

static const void *locked;
static size_t locked_length;

static int lock(const void *address, size_t length)
{
	locked = address;
	locked_length = length;
	return mlock(address, length);
}

static void pass_locks_on(void)
{
	if (locked) {
		mlock(locked, locked_length);
	}
	if (future) {
		mlockall(MCL_FUTURE);
	}
}

WORLD("A machine whose fork passes memory locks on",
      .breaks = "the_child_may_give_locked_pages_back the_map_shows_no_lock "
		"a_locked_future_is_not_inherited",
      .spares = "the_parents_future_is_locked fork-03", .mlock = lock, .mlockall = lock_all,
      .born = pass_locks_on);
