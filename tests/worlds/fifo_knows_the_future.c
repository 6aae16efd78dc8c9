/* SPDX-License-Identifier: MIT */
/* FIFO evicts the page that is needed again latest. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t choose(struct frames *frames)
{
	return strcmp(frames->policy->name, "FIFO") == 0 ? optimum_victim(frames)
							 : frames->policy->victim(frames);
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose FIFO knows the future",
      .breaks =
	      "without_locality_nothing_is_foretold queues_show_it_now_and_then recency_beats_age "
	      "four_frames_fault_more_than_three so_do_those_who_follow_age",
      .spares = "recency_misses_always no_choice_of_victims_is_better replace-11", .enter = enter);
