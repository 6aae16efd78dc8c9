/* SPDX-License-Identifier: MIT */
/* mlock is granted, and nothing is done. */
#include <sys/mman.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	(void)address;
	(void)length;
	return 0;
}

WORLD("A machine whose mlock does nothing",
      .breaks = "mlock-04 mlock-05 mlock-09 what_is_locked_in_whole_is_locked_in_whole "
		"what_is_locked_again_is_locked_again what_can_be_locked_is_locked "
		"rights_and_advice_do_not_end_it locking_attaches_the_range",
      .spares = "prepared_memory_is_zero mlock-24 mlock-28", .mlock = lock);
