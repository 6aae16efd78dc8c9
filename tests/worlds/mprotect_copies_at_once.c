/* SPDX-License-Identifier: MIT */
/* Every page that may be written from now on is copied at once, locked or not. */
#include <sys/mman.h>

#include "worlds/acts.h"

static int protect(void *address, size_t length, int protection)
{
	struct mapping all = {address, length, PROT_WRITE, MAP_PRIVATE, -1};
	const struct mapping *mapping = gate_mapping_of(address);
	int answer = mprotect(address, length, protection);

	if (answer == 0 && protection & PROT_WRITE && mapping && mapping->flags & MAP_PRIVATE) {
		part_pages(&all);
	}
	return answer;
}

WORLD("A machine whose mprotect copies at once",
      .breaks = "locked_pages_stay_locked_under_any_rights.unlocked_pages_wait_for_the_store"
		" a_loan_is_not_called_in",
      .spares = "forbidden_pages_keep_their_frames forbidden_pages_stay_in_memory prot-41 prot-42",
      .mprotect = protect);
