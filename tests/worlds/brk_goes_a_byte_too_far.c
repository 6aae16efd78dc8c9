/* SPDX-License-Identifier: MIT */
/* The C library asks the kernel for a byte more than it was told. */
#include <unistd.h>

#include "worlds/world.h"

static int set_break(void *end)
{
	return brk((char *)end + 1);
}

WORLD("A machine whose brk goes a byte too far", .breaks = "brk_takes_an_address",
      .spares = "sbrk_of_nothing_only_asks", .brk = set_break);
