/* SPDX-License-Identifier: MIT */
/* A translation outlives its page now and then: every hundredth munmap of a page is in vain. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int unmap(void *address, size_t length)
{
	static int times;

	return length == page_size() && ++times % 100 == 0 ? 0 : munmap(address, length);
}

WORLD("A machine where one page in a hundred is still there",
      .breaks = "a_page_taken_away_is_gone_at_once what_was_absent_is_there_at_once",
      .spares = "another_page_is_read_at_once a_right_taken_away_is_missed_at_once "
		"what_was_not_changed_stays_in_use",
      .munmap = unmap);
