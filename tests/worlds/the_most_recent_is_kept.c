/* SPDX-License-Identifier: MIT */
/* MRU evicts the least recently used page. */
#include <string.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static size_t choose(struct frames *frames)
{
	return strcmp(frames->policy->name, "MRU") == 0 ? lru_victim(frames)
							: frames->policy->victim(frames);
}

static void enter(void)
{
	frames_choose = choose;
}

WORLD("A machine whose MRU keeps the most recent page",
      .breaks = "others_miss_one_in_k who_is_not_watched_is_not_misled",
      .spares = "recency_misses_always any_rule_can_be_made_to_miss_always replace-08",
      .enter = enter);
