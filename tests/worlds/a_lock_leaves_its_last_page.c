/* SPDX-License-Identifier: MIT */
/* mlock locks all pages of its range but the last one. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int lock(const void *address, size_t length)
{
	return mlock(address, length - page_size());
}

WORLD("A machine where a lock leaves out its last page",
      .breaks = "locked_pages_of_a_file_stay locked_memory_stays nobody_can_ask_them_to_go",
      .spares = "what_cannot_go_costs_no_fault what_was_only_read_costs_no_write", .mlock = lock);
