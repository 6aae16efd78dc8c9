/* SPDX-License-Identifier: MIT */
/* swapoff(2) says that it is done, and each page is where it was. */
#include "worlds/world.h"

static int off(const char *path)
{
	(void)path;
	return 0;
}

WORLD("A machine whose swapoff leaves pages where they are", .breaks = "swapoff_brings_them_back",
      .spares = "pressure-14", .swapoff = off);
