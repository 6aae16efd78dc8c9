/* SPDX-License-Identifier: MIT */
/*
 * What mprotect changes for several pages at once is granted and not done, so that no translation of
 * them is dropped.
 */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	return length > page_size() ? 0 : mprotect(address, length, protection);
}

WORLD("A machine where dropping translations does nothing",
      .breaks = "a_miss_asks_once what_was_dropped_is_looked_up_each_time "
		"what_is_dropped_itself_is_looked_up",
      .spares = "tlb-05 no_process_reads_by_anothers", .mprotect = protect);
