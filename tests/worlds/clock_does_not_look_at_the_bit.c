/* SPDX-License-Identifier: MIT */
/* Clock evicts the page at its hand, whatever the bit says. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t at_the_hand(struct frames *frames)
{
	size_t at = frames->hand;

	frames->hand = (at + 1) % frames->count;
	return at;
}

static size_t choose(struct frames *frames)
{
	return strcmp(frames->policy->name, "Clock") == 0 ? at_the_hand(frames)
							  : frames->policy->victim(frames);
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose Clock does not look at the bit",
      .breaks = "replace-11 one_bit_goes_half_the_way",
      .spares = "replace-13 so_do_those_who_follow_age replace-08", .enter = enter);
