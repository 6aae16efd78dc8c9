/* SPDX-License-Identifier: MIT */
/* FIFO moves a page to the end of its queue when it learns of a use. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t choose(struct frames *frames)
{
	return strcmp(frames->policy->name, "FIFO") == 0 ? lru_victim(frames)
							 : frames->policy->victim(frames);
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose FIFO counts a use as an arrival",
      .breaks = "queues_show_it_now_and_then recency_beats_age one_bit_goes_half_the_way",
      .spares = "recency_never_loses_by_a_frame replace-09 replace-13", .enter = enter);
