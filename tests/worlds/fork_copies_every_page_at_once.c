/* SPDX-License-Identifier: MIT */
/* As before copy-on-write: the child gets a frame of its own for each page, written or not. */
#include "worlds/acts.h"

static void copy_all(void)
{
	gate_each_mapping(part_pages);
}

WORLD("A machine whose fork copies every page at once",
      .breaks =
	      "a_huge_page_is_copied_by_the_page the_writer_has_the_page_for_good fork-06 "
	      "fork-10 each_writer_parts_alone a_copy_is_shared_in_its_turn "
	      "the_child_gets_its_copy_at_once fork-05 cow-03 cow-16 cow-11 fork-12 "
	      "the_kernel_parts_the_page_it_stores_into who_survives_keeps_the_frames "
	      "the_last_owner_may_be_the_child the_frames_are_others a_present_page_can_be_repaired"
	      " mremap_moves_frames_not_bytes.a_copy_has_frames_of_its_own "
	      "the_last_owner_keeps_the_frame.while_another_owner_lives_the_writer_moves",
      .spares = "fork-02 fork-03 fork-07 fork-08 fork-11 the_writer_moves_and_the_other_stays "
		"cow-02 cow-07 a_present_page_can_be_refused",
      .born = copy_all);
