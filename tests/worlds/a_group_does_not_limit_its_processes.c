/* SPDX-License-Identifier: MIT */
/* Who enters a memory group stays where he was, with all the memory of the machine. */
#include "worlds/world.h"

static void enter(const struct memory_group *group)
{
	(void)group;
}

WORLD("A machine whose memory groups do not limit their processes",
      .breaks =
	      "a_set_that_was_pushed_out_comes_back_to_stay a_set_that_does_not_fit_is_missed_each_"
	      "time the_cliff_is_at_the_limit a_touch_takes_ten_times_as_long in_no_order_it_is_no_"
	      "cliff they_thrash_while_both_are_active pressure-03 "
	      "a_large_excess_takes_a_large_part "
	      "pressure-01 pressure-02 without_a_file_our_own_go pressure-04 what_can_be_written_"
	      "nowhere_cannot_go pressure-17 pressure-07 pressure-08",
      .spares = "pages_of_a_file_stay pages_without_a_file_stay small_sets_fit_together "
		"who_has_enough_neither_misses_nor_sleeps",
      .enter_memory_group = enter);
