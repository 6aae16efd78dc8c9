/* SPDX-License-Identifier: MIT */
/* However many threads there are, they allocate from one heap. */
#include <malloc.h>

#include "worlds/world.h"

static void share(void)
{
#ifdef __GLIBC__
	mallopt(M_ARENA_MAX, 1);
#endif
}

WORLD("A machine whose threads have one arena", .breaks = "heap-18",
      .spares = "they_share_one_if_told_to heap-11", .by = "switch", .enter = share);
