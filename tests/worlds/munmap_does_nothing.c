/* SPDX-License-Identifier: MIT */
/* It answers that the pages are gone, and leaves them where they are. */
#include "worlds/world.h"

static int pretend(void *address, size_t length)
{
	(void)address;
	(void)length;
	return 0;
}

WORLD("A machine whose munmap does nothing",
      .breaks = "munmap-01", .spares = "cow-07 munmap-02", .munmap = pretend);
