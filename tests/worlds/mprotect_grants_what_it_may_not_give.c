/* SPDX-License-Identifier: MIT */
/* Where a file was not opened for writing mprotect says yes, and changes nothing. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	int answer = mprotect(address, length, protection);

	return answer != 0 && errno == EACCES ? 0 : answer;
}

WORLD("A machine whose mprotect grants what it may not give",
      .breaks = "what_is_open_for_reading_stays_for_reading "
		"a_seal_bounds_what_is_mapped_later",
      .spares = "rights_given_up_are_not_gone prot-30 prot-34", .mprotect = protect);
