/* SPDX-License-Identifier: MIT */
/*
 * Where a segment shall be attached it is attached if the kernel likes: it likes another place
 * better.
 */
#include <sys/shm.h>

#include "worlds/world.h"

static void *attach(int id, const void *address, int flags)
{
	return shmat(id, flags & SHM_REMAP ? address : NULL, flags & ~SHM_RND);
}

WORLD("A machine where the address of a segment is a hint",
      .breaks = "sysv-03 what_is_mapped_is_in_the_way",
      .spares = "sysv-02 shm_remap_takes_its_place sysv-05", .shmat = attach);
