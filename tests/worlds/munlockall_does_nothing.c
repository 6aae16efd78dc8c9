/* SPDX-License-Identifier: MIT */
/* Who has locked his future has locked it for ever. */
#include "worlds/world.h"

static int pretend(void)
{
	return 0;
}

WORLD("A machine whose munlockall does nothing",
      .breaks = "unlocked_it_grows_on the_parents_future_is_locked",
      .spares = "it_grows_to_the_limit a_locked_future_is_not_inherited", .munlockall = pretend);
