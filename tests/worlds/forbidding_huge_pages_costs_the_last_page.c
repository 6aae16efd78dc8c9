/* SPDX-License-Identifier: MIT */
/* MADV_NOHUGEPAGE empties the last page of its range. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_NOHUGEPAGE) {
		madvise((char *)address + length - page_size(), page_size(), MADV_DONTNEED);
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which forbidding huge pages costs a page",
      .breaks = "a_late_word_changes_no_byte the_later_word_replaces_the_earlier",
      .spares = "forbidding_is_obeyed lazy-11", .madvise = advise);
