/* SPDX-License-Identifier: MIT */
/*
 * A touch that is more than a mebibyte and a quarter below the stack finds an obstacle before
 * it.
 */
#include <sys/mman.h>

#include <touchstone/areas.h>
#include <touchstone/memory.h>

#include "worlds/world.h"

enum { FAR = 5 * 256 * 1024 };

static void put_obstacle(void)
{
	char *at = (char *)observe_area(__builtin_frame_address(0)).start - FAR;

	arrange(mmap(at, page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
		at);
}

WORLD("A machine whose stack grows near its pointer only",
      .breaks = "a_touch_far_below_the_stack_pointer_will_do",
      .spares = "the_area_grows_at_its_lower_end no_other_area_changes deeper_calls_lie_lower",
      .enter = put_obstacle);
