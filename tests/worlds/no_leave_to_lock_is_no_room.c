/* SPDX-License-Identifier: MIT */
/* Whoever may lock nothing is told that there is no room. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	int answer = mlock(address, length);

	errno = answer != 0 && errno == EPERM ? ENOMEM : errno;
	return answer;
}

WORLD("A machine which tells who may lock nothing that there is no room",
      .breaks = "a_limit_of_nought_refuses_all",
      .spares = "mlock-19 mlock-20 mlock-21 what_is_locked_outlives_the_limit", .mlock = lock);
