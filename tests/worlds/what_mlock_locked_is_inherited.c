/* SPDX-License-Identifier: MIT */
/* A child has locked what its parent has. */
#include <sys/mman.h>

#include <touchstone/areas.h>

#include "worlds/gate.h"

static const void *locked;
static size_t locked_length;

static int lock(const void *address, size_t length)
{
	locked = address;
	locked_length = length;
	return mlock(address, length);
}

static void lock_again(void)
{
	if (locked) {
		mlock(locked, locked_length);
	}
}

WORLD("A machine whose children inherit what mlock has locked", .breaks = "mlock-13",
      .spares = "mlock-14 mlock-15 mlock-08", .mlock = lock, .born = lock_again);
