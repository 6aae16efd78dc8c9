/* SPDX-License-Identifier: MIT */
/* A translation keeps its right to be written now and then: every hundredth PROT_READ is in vain. */
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	static int times;

	return protection == PROT_READ && ++times % 100 == 0
		       ? 0
		       : mprotect(address, length, protection);
}

WORLD("A machine where one right in a hundred is kept",
      .breaks = "a_right_taken_away_is_missed_at_once",
      .spares = "another_page_is_read_at_once a_page_taken_away_is_gone_at_once "
		"what_was_not_changed_stays_in_use no_store_lands_after_the_change",
      .mprotect = protect);
