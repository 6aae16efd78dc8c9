/* SPDX-License-Identifier: MIT */
/* The optimum evicts the page that came first. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t choose(struct frames *frames)
{
	return strcmp(frames->policy->name, "the optimum") == 0 ? fifo_victim(frames)
								: frames->policy->victim(frames);
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose optimum looks back",
      .breaks = "no_choice_of_victims_is_better no_other_policy_is_better "
		"looking_ahead_must_be_used_well foresight_misses_one_in_k "
		"foresight_never_loses_by_a_frame others_miss_one_in_k",
      .spares = "any_rule_can_be_made_to_miss_always recency_never_loses_by_a_frame "
		"four_frames_fault_more_than_three",
      .enter = enter);
