/* SPDX-License-Identifier: MIT */
/* A memory cgroup gets eight times the memory that it was given as its limit. */
#include "worlds/world.h"

static struct memory_group guard(size_t limit)
{
	return guard_memory_group(8 * limit);
}

WORLD("A machine whose memory groups are larger than they say",
      .breaks = "pages_of_a_file_that_come_back_are_counted memory_that_comes_back_is_counted "
		"who_comes_once_is_not_counted pages_in_use_stay memory_in_use_stays replace-16 "
		"where_neither_is_used_both_go memory_that_is_not_used_goes "
		"locked_pages_of_a_file_stay locked_memory_stays",
      .spares = "where_all_fit_nothing_comes_back nobody_can_ask_them_to_go",
      .guard_memory_group = guard);
