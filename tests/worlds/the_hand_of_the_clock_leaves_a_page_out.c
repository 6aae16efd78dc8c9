/* SPDX-License-Identifier: MIT */
/* After a page has gone the hand of Clock goes on by two. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t choose(struct frames *frames)
{
	size_t went = frames->policy->victim(frames);

	if (strcmp(frames->policy->name, "Clock") == 0) {
		frames->hand = (frames->hand + 1) % frames->count;
	}
	return went;
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine where the hand of the Clock leaves a page out",
      .breaks = "replace-13 without_uses_the_page_at_the_hand_goes",
      .spares = "replace-02 replace-08 recency_misses_always", .enter = enter);
