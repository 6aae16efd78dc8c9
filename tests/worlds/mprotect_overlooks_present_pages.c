/* SPDX-License-Identifier: MIT */
/*
 * mprotect changes what is asked of a page when it comes. A page that is present keeps the entry
 * that it has, as if the processor did not look at its rights any more.
 */
#include <stdbool.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	unsigned char there;
	int answer = 0;

	for (size_t i = 0; i * page_size() < length && answer == 0; i++) {
		if (mincore(page(address, i), page_size(), &there) != 0 || !(there & 1)) {
			answer = mprotect(page(address, i), page_size(), protection);
		}
	}
	return answer;
}

WORLD("A machine whose mprotect overlooks present pages",
      .breaks = "a_present_page_can_be_refused rights_end_at_the_border "
		"a_part_can_be_changed_and_changed_back",
      .spares = "a_changed_middle_makes_three a_changed_end_makes_two "
		"the_map_lists_each_with_its_rights a_present_page_can_be_repaired",
      .mprotect = protect);
