/* SPDX-License-Identifier: MIT */
/* The child's inaccessible areas are one page short. Nobody can read what is lost. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void lose_the_last(const struct mapping *mapping)
{
	if (mapping->protection == PROT_NONE) {
		munmap(mapping->start + mapping->length - page_size(), page_size());
	}
}

static void lose(void)
{
	gate_each_mapping(lose_the_last);
}

WORLD("A machine whose fork loses the last page of inaccessible memory",
      .breaks = "the_child_starts_with_the_same_list", .spares = "fork-03 fork-14", .born = lose);
