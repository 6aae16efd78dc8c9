/* SPDX-License-Identifier: MIT */
/* mlock locks the page behind its range as well, where there is one. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int lock(const void *address, size_t length)
{
	const char *behind = (const char *)address + length;
	int answer = mlock(address, length);

	if (answer == 0 && length > 0 && gate_mapping_of(behind)) {
		mlock(behind, 1);
	}
	return answer;
}

WORLD("A machine whose mlock locks the page behind as well",
      .breaks = "mlock-04 any_byte_locks_its_page locking_attaches_the_range",
      .spares = "mlock-03 mlock-08 mlock-13", .mlock = lock);
