/* SPDX-License-Identifier: MIT */
/* mprotect changes the page behind its range, too. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	if (answer == 0 && length <= page_size()) {
		mprotect((char *)address + page_size(), page_size(), protection);
	}
	return answer;
}

WORLD("A machine whose mprotect changes a page more",
      .breaks = "prot-05 prot-16 rights_end_at_the_border a_store_across_two_pages_is_complete"
		" code_and_constants_cannot_be_written.the_same_bytes_run_once_they_may "
		"a_fault_restarts_its_instruction.who_jumps_over_it_loses_it",
      .spares = "prot-07 prot-17 a_store_into_code_is_refused the_map_lists_each_with_its_rights",
      .mprotect = protect);
