/* SPDX-License-Identifier: MIT */
/* free returns whole pages within the heap now and then, without being asked to. */
#include <malloc.h>
#include <stdlib.h>

#include "worlds/world.h"

enum { SELDOM = 250 };

static void release(void *block)
{
	static unsigned calls;

	free(block);
#ifdef __GLIBC__
	if (++calls % SELDOM == 0) {
		malloc_trim(0);
	}
#endif
}

WORLD("A machine whose free trims the heap", .breaks = "below_the_last_object_nothing_goes",
      .spares = "heap-06 a_page_with_a_live_object_stays heap-11", .free = release);
