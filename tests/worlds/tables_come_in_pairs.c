/* SPDX-License-Identifier: MIT */
/* A lowest table never comes alone: those of an even and of the next odd index are made together. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int open_page(void *address, size_t length, int protection)
{
	size_t stretch = page_size() / sizeof(void *) * page_size();
	char *other = (char *)((uintptr_t)address ^ stretch);

	if (gate_mapping_of(other) && mprotect(other, page_size(), PROT_READ) == 0) {
		load(other);
		mprotect(other, page_size(), PROT_NONE);
	}
	return mprotect(address, length, protection);
}

WORLD("A machine whose lowest tables come in pairs",
      .breaks = "ptable-05 distance_alone_costs_nothing "
		"a_page_in_every_tebibyte_costs_three_tables",
      .spares = "ptable-01 ptable-02 ptable-04", .mprotect = open_page);
