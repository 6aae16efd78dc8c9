/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED is granted, and nothing is given back. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	return advice == MADV_DONTNEED ? 0 : madvise(address, length, advice);
}

WORLD("A machine whose MADV_DONTNEED does nothing",
      .breaks = "lazy-18 memory_given_back_comes_back_empty a_length_is_rounded_up "
		"madvise-17 madvise-20 put_rightly_it_is_taken "
		"without_a_hole_nothing_is_told an_order_does_change_bytes "
		"madvise_destroys_and_sets_errno what_is_unlocked_is_given_up "
		"who_gives_itself_an_order_obeys "
		"shared_writes_reach_the_file_and_private_ones_do_not.the_flag_alone_decides "
		"a_missing_translation_is_no_fault.without_an_entry_each_page_is_a_fault",
      .spares = "private_memory_is_zero another_process_leaves_nothing "
		"advice_attaches_the_range",
      .madvise = advise);
