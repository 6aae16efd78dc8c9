/* SPDX-License-Identifier: MIT */
/* The child has a thread for each of its parent's, by the same number. */
#include <sys/syscall.h>

#include "worlds/acts.h"

static long call(long number, const long argument[6])
{
	return number == SYS_tgkill ? 0 : pass_on(number, argument);
}

WORLD("A machine whose fork takes all threads along", .breaks = "the_others_are_missing",
      .spares = "their_memory_is_there their_locks_are_held_for_ever", .syscall = call);
