/* SPDX-License-Identifier: MIT */
/* Shared memory whose rights are changed becomes private to who changed them. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int protect(void *address, size_t length, int protection)
{
	for (size_t i = 0; i < length; i += page_size()) {
		char *at = (char *)address + i;
		const struct mapping *mapping = gate_mapping_of(at);
		static char copy[64 * 1024];

		if (mapping && mapping->flags & MAP_SHARED) {
			mprotect(at, page_size(), PROT_READ);
			memcpy(copy, at, page_size());
			mmap(at, page_size(), PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
			memcpy(at, copy, page_size());
		}
	}
	return mprotect(address, length, protection);
}

WORLD("A machine whose mprotect makes shared memory private",
      .breaks = "each_kind_stays_what_it_is one_may_write_what_the_other_may_only_read",
      .spares = "prot-30 the_whole_range_gets_the_rights prot-38 "
		"either_side_changes_its_own_rights",
      .mprotect = protect);
