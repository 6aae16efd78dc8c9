/* SPDX-License-Identifier: MIT */
/* A page that was locked twice has to be unlocked twice. */
#include <sys/mman.h>

#include "worlds/world.h"

static int count;

static int lock(const void *address, size_t length)
{
	count++;
	return mlock(address, length);
}

static int unlock(const void *address, size_t length)
{
	return --count > 0 ? 0 : munlock(address, length);
}

WORLD("A machine whose locks stack", .breaks = "mlock-08", .spares = "mlock-03 mlock-04 mlock-07",
      .mlock = lock, .munlock = unlock);
