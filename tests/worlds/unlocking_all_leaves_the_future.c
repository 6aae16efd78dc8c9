/* SPDX-License-Identifier: MIT */
/* munlockall unlocks what there is, and what is to come will be locked. */
#include <sys/mman.h>

#include "worlds/world.h"

static int unlock_all(void)
{
	munlockall();
	return mlockall(MCL_FUTURE);
}

WORLD("A machine whose munlockall leaves the future locked", .breaks = "mlock-26",
      .spares = "mlock-23 mlock-24 mlock-27", .munlockall = unlock_all);
