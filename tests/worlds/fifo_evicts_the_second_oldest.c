/* SPDX-License-Identifier: MIT */
/* FIFO lets the oldest page be and evicts the one that came after it. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t second(struct frames *frames)
{
	size_t oldest = fifo_victim(frames), next = oldest == 0 ? frames->taken - 1 : 0;

	for (size_t i = 0; i < frames->taken; i++) {
		if (i != oldest && frames->held[i].came < frames->held[next].came) {
			next = i;
		}
	}
	return next;
}

static size_t choose(struct frames *frames)
{
	return strcmp(frames->policy->name, "FIFO") == 0 ? second(frames)
							 : frames->policy->victim(frames);
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose FIFO evicts the second oldest page",
      .breaks = "replace-02 a_page_in_constant_use_goes_all_the_same "
		"four_frames_fault_more_than_three the_faults_are_those_that_were_drawn "
		"so_do_those_who_follow_age",
      .spares = "recency_misses_always recency_never_loses_by_a_frame replace-01 replace-11",
      .enter = enter);
