/* SPDX-License-Identifier: MIT */
/* A child begins with the tables of the first quarter of each large area, and without the others. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static void leave_out(const struct mapping *mapping)
{
	size_t quarter = mapping->length / 4 / page_size() * page_size();

	if (mapping->protection == PROT_NONE && quarter > 0) {
		mmap(mapping->start + quarter, 3 * quarter, PROT_NONE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
	}
}

static void leave_out_most(void)
{
	gate_each_mapping(leave_out);
}

WORLD("A machine where a child has a few of the tables", .breaks = "ptable-17",
      .spares = "threads_share_a_set ptable-01", .born = leave_out_most);
