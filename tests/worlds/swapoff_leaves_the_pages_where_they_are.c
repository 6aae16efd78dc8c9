/* SPDX-License-Identifier: MIT */
/* swapoff says that it is done, and has done nothing. */
#include <sys/swap.h>

#include "worlds/world.h"

static int pretend(const char *path)
{
	return path[0] == '/' && path[1] == 'd' && path[5] != 'n' ? 0 : swapoff(path);
}

WORLD("A machine whose swapoff leaves the pages where they are", .breaks = "swap-25",
      .spares = "a_refused_swapoff_changes_nothing swap-16", .swapoff = pretend);
