/* SPDX-License-Identifier: MIT */
/* The last byte that was stored in a mapping of a file before it was forbidden is forgotten. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int protect(void *address, size_t length, int protection)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (mapping && mapping->fd >= 0 && mapping->flags & MAP_SHARED &&
	    !(protection & PROT_WRITE)) {
		char *last = (char *)address + length - 1;

		store(last, (unsigned char)~load(last));
	}
	return mprotect(address, length, protection);
}

WORLD("A machine that loses what was written and then forbidden",
      .breaks = "what_was_written_is_saved_all_the_same",
      .spares = "forbidden_pages_stay_in_memory prot-42 prot-31", .mprotect = protect);
