/* SPDX-License-Identifier: MIT */
/* The break moves by what one object needs, to the end of a page, and no further. */
#include <malloc.h>

#include "worlds/world.h"

static void buy_no_more(void)
{
#ifdef __GLIBC__
	mallopt(M_TOP_PAD, 0);
#endif
}

WORLD("A machine whose heap is bought piece by piece", .breaks = "the_heap_is_bought_wholesale",
      .spares = "what_does_not_fit_moves_the_break heap-03 heap-12", .by = "switch",
      .enter = buy_no_more);
