/* SPDX-License-Identifier: MIT */
/* mprotect splits no area: whatever part of it is named, all of it is changed. */
#include <touchstone/memory.h>

#include "worlds/gate.h"

static char *wanted;
static struct mapping found;

static void look(const struct mapping *mapping)
{
	if (wanted >= mapping->start && wanted < mapping->start + mapping->length) {
		found = *mapping;
	}
}

static int protect(void *address, size_t length, int protection)
{
	wanted = address;
	found = (struct mapping){.start = address, .length = length};
	gate_each_mapping(look);
	return mprotect(found.start, found.length, protection);
}

WORLD("A machine whose mprotect changes the whole area", .breaks = "vma-03 vma-02",
      .spares = "vma-04 vma-01 vma-08", .mprotect = protect);
