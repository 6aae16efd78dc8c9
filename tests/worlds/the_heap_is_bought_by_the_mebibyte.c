/* SPDX-License-Identifier: MIT */
/* The break moves by a mebibyte whenever the heap has run out. */
#include <malloc.h>

#include "worlds/world.h"

static void buy_more(void)
{
#ifdef __GLIBC__
	mallopt(M_TOP_PAD, 1024 * 1024);
#endif
}

WORLD("A machine whose heap is bought by the mebibyte",
      .breaks = "the_heap_is_bought_wholesale what_does_not_fit_moves_the_break",
      .spares = "heap-12 heap-13", .by = "switch", .enter = buy_more);
