/* SPDX-License-Identifier: MIT */
/* Of a function's static variables there are as many as there are calls. */
#include <stdlib.h>

#include "worlds/symbols.h"
#include "worlds/world.h"

static void *fresh(void)
{
	return malloc(64);
}

static void divert(void)
{
	*(void *(**)(void))variable_named("frame_of_one_place", sizeof(void *)) = fresh;
}

WORLD("A machine where each call has static variables of its own",
      .breaks = "with_one_frame_it_is_wrong",
      .spares = "with_frames_of_their_own_it_is_right who_never_calls_himself_needs_but_one",
      .enter = divert);
