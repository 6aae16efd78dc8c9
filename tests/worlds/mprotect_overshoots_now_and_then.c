/* SPDX-License-Identifier: MIT */
/* Every fifth mprotect that takes a right away takes it from the page behind, too. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	static int times;

	if (length == page_size() && !(protection & PROT_WRITE) && ++times % 5 == 0) {
		mprotect((char *)address + length, length, protection);
	}
	return mprotect(address, length, protection);
}

WORLD("A machine where mprotect overshoots now and then",
      .breaks = "what_was_not_changed_stays_in_use other_pages_are_written_on",
      .spares = "another_page_is_read_at_once a_right_taken_away_is_missed_at_once",
      .mprotect = protect);
