/* SPDX-License-Identifier: MIT */
/* The hand passes a page whose bit is set, and leaves the bit; where all are set the first goes. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t choose(struct frames *frames)
{
	size_t at = frames->hand;

	if (strcmp(frames->policy->name, "Clock") != 0) {
		return frames->policy->victim(frames);
	}
	for (size_t i = 0; i < frames->count && frames->held[at].referenced; i++) {
		at = (at + 1) % frames->count;
	}
	frames->hand = (at + 1) % frames->count;
	return at;
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose Clock gives a second chance for ever",
      .breaks = "who_was_used_is_passed_over the_chance_is_given_once",
      .spares = "where_all_are_used_age_decides replace-02 replace-08", .enter = enter);
