/* SPDX-License-Identifier: MIT */
/* A growing area is changed from its start on, asked or not. */
#include <sys/mman.h>

#include "worlds/gate.h"

#ifndef PROT_GROWSDOWN
#define PROT_GROWSDOWN 0x01000000
#define PROT_GROWSUP   0x02000000
#endif

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);
	int grows = mapping && mapping->flags & MAP_GROWSDOWN && !(protection & PROT_GROWSUP);

	return mprotect(address, length, protection | (grows ? PROT_GROWSDOWN : 0));
}

WORLD("A machine where growing areas are always changed from the start",
      .breaks = " "
		"growing_areas_are_changed_to_their_ends.without_the_bit_only_the_range_is_changed",
      .spares = "it_reaches_down_to_the_start what_does_not_grow_is_refused", .mprotect = protect);
