/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED leaves pages alone that cannot be written. */
#include <sys/mman.h>

#include "worlds/gate.h"
#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_DONTNEED && mapping && !(mapping->protection & PROT_WRITE)) {
		return 0;
	}
	return madvise(address, length, advice);
}

WORLD("A machine where code is never dropped", .breaks = "what_was_dropped_is_brought_again",
      .spares = "the_first_call_brings_the_page lazy-18 fault-26", .madvise = advise);
