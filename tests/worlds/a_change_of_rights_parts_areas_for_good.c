/* SPDX-License-Identifier: MIT */
/* Areas that have become alike by mprotect stay apart: one of them bears a mark. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	madvise((char *)address + length - page_size(), page_size(), MADV_DONTDUMP);
	return mprotect(address, length, protection);
}

WORLD("A machine where a change of rights parts areas for good",
      .breaks = "one_call_changes_areas_of_every_kind.alike_throughout_they_merge "
		"areas_are_cut_at_the_ends_alone",
      .spares = "the_whole_range_gets_the_rights prot-30 prot-34", .mprotect = protect);
