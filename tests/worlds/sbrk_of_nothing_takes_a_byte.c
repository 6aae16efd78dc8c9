/* SPDX-License-Identifier: MIT */
/* Asking where the break is moves it. */
#include <unistd.h>

#include "worlds/world.h"

static void *move(intptr_t increment)
{
	return sbrk(increment ? increment : 1);
}

WORLD("A machine whose sbrk of nothing takes a byte", .breaks = "sbrk_of_nothing_only_asks",
      .spares = "brk_takes_an_address", .sbrk = move);
