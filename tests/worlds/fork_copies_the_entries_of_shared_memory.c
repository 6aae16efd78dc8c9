/* SPDX-License-Identifier: MIT */
/* The last entry of each shared mapping is copied by fork. Every byte is right. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void touch_the_last(const struct mapping *mapping)
{
	if ((mapping->flags & MAP_TYPE) == MAP_SHARED && mapping->protection & PROT_READ) {
		load(mapping->start + mapping->length - 1);
	}
}

static void touch(void)
{
	gate_each_mapping(touch_the_last);
}

WORLD("A machine whose fork copies the last entry of shared memory as well",
      .breaks = "fork-06"
		" fork_copies_the_list_of_areas.an_area_can_be_kept_from_the_child",
      .spares = "fork-02 fork-05 fork-08", .born = touch);
