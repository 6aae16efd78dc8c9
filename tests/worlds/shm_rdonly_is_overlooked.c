/* SPDX-License-Identifier: MIT */
/* Who attaches to read may store. */
#include <sys/shm.h>

#include "worlds/world.h"

static void *attach(int id, const void *address, int flags)
{
	return shmat(id, address, flags & ~SHM_RDONLY);
}

WORLD("A machine that overlooks SHM_RDONLY", .breaks = "sysv-05 the_mode_decides_who_attaches",
      .spares = "a_key_does_not_pass_over_the_mode sysv-02 sysv-08", .shmat = attach);
