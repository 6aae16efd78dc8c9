/* SPDX-License-Identifier: MIT */
/* Every eighth time LRU evicts what came first, used or not. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t choose(struct frames *frames)
{
	static unsigned choices;

	if (strcmp(frames->policy->name, "LRU") == 0 && ++choices % 8 == 0) {
		return fifo_victim(frames);
	}
	return frames->policy->victim(frames);
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose LRU goes by age now and then",
      .breaks = "recency_never_loses_by_a_frame what_few_frames_keep_more_keep_too",
      .spares =
	      "foresight_never_loses_by_a_frame queues_show_it_now_and_then replace-09 replace-02",
      .enter = enter);
