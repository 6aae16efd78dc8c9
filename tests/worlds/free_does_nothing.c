/* SPDX-License-Identifier: MIT */
/* What was handed out once stays handed out. */
#include "worlds/world.h"

static void keep(void *block)
{
	(void)block;
}

WORLD("A machine whose free does nothing",
      .breaks = "a_large_block_is_returned_at_once where_nobody_lives_the_pages_go "
		"without_it_the_break_falls trimming_returns_the_pages_within "
		"the_last_freed_is_the_next_given every_allocator_reuses "
		"a_reused_block_keeps_its_bytes "
		"neighbours_serve_what_neither_could a_live_block_keeps_them_apart heap-13 "
		"a_smaller_hole_is_not_chosen one_hole_serves_it one_hole_serves_it_without_growth "
		"later_calls_fault_no_more who_frees_stays_as_he_is who_frees_faults_less "
		"the_threshold_learns",
      .spares = "most_need_no_system_call heap-03 heap-22 below_the_last_object_nothing_goes "
		"a_leak_faults_in_every_round",
      .free = keep);
