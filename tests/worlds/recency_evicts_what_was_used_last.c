/* SPDX-License-Identifier: MIT */
/* LRU evicts the page that was used last. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t choose(struct frames *frames)
{
	return strcmp(frames->policy->name, "LRU") == 0 ? mru_victim(frames)
							: frames->policy->victim(frames);
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose LRU evicts what was used last",
      .breaks = "recency_misses_always recency_beats_age recency_keeps_what_is_used "
		"recency_and_foresight_gain_by_a_frame the_order_of_uses_gains_by_a_frame",
      .spares = "pages_go_in_the_order_they_came four_frames_fault_more_than_three replace-11",
      .enter = enter);
