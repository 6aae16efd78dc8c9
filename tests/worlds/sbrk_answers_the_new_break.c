/* SPDX-License-Identifier: MIT */
/* sbrk answers where the break is now. */
#include <unistd.h>

#include "worlds/world.h"

static void *move(intptr_t increment)
{
	void *before = sbrk(increment);

	return before == (void *)-1 ? before : sbrk(0);
}

WORLD("A machine whose sbrk answers the new break", .breaks = "it_answers_where_the_break_was",
      .spares = "brk_takes_an_address sbrk_of_nothing_only_asks", .sbrk = move);
