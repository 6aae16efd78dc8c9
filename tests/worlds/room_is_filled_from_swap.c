/* SPDX-License-Identifier: MIT */
/*
 * As soon as there is room the kernel brings everything back from swap, by and by: here one page.
 */
#include <touchstone/memory.h>

#include "worlds/gate.h"

static void bring_one_back(const struct mapping *mapping)
{
	size_t count = mapping->length / page_size();

	for (size_t i = 0; i < count && mapping->fd < 0 && mapping->protection; i++) {
		if (page_is_swapped(observe_pages("one", page(mapping->start, i), 1), 0)) {
			load(page(mapping->start, i));
			return;
		}
	}
}

static void limit(const struct memory_group *group, size_t bytes)
{
	limit_memory_group(group, bytes);
	gate_each_mapping(bring_one_back);
}

WORLD("A machine where room is filled from swap", .breaks = "room_alone_brings_nothing_back",
      .spares = "pressure-15 swap_goes_before_a_kill", .limit_memory_group = limit);
