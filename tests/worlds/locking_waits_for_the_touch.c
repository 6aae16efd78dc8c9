/* SPDX-License-Identifier: MIT */
/*
 * mlock locks the range, but brings nothing: a page is locked when it is touched, as with
 * MLOCK_ONFAULT.
 */
#include <sys/syscall.h>
#include <unistd.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	return (int)syscall(SYS_mlock2, address, length, 1 /* MLOCK_ONFAULT */);
}

WORLD("A machine whose mlock waits for the touch", .breaks = "locking_attaches_the_range",
      .spares = "populating_attaches_all advice_attaches_the_range prepared_memory_is_zero",
      .mlock = lock);
