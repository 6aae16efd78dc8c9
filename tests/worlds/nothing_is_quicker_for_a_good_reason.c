/* SPDX-License-Identifier: MIT */
/* What should be quicker takes longer than what it is compared with. */
#include "worlds/world.h"

static void (*slow)(void *context);

/* Even on a busy machine this is never the quicker one. */
static void twice(void *context)
{
	slow(context);
	slow(context);
}

static void run_level(struct place place, struct race *race, const char *what)
{
	slow = race->slow;
	race->fast = twice;
	race->before_fast = race->before_slow;
	touchstone_assert_race(place, race, what);
}

WORLD("A machine where nothing is quicker for a good reason",
      .breaks = "a_frame_is_cheaper_than_a_block a_mapping_is_dearer_still a_pool_is_faster "
		"blocks_are_slower tlb-06 tlb-08 perf-01 perf-02 perf-03 "
		"nearly_always_is_often_enough "
		"a_fault_is_dearer_than_a_present_page links_to_neighbours_cost_less",
      .spares = "a_pool_wastes_nothing as_many_steps_take_as_long_among_few_others "
		"a_small_matrix_has_no_wrong_order",
      .by = "reading", .touchstone_assert_race = run_level);
