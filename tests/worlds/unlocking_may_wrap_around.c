/* SPDX-License-Identifier: MIT */
/* munlock of a range that wraps around unlocks up to the end of the mapping. */
#include <stddef.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static int unlock(const void *address, size_t length)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if ((ptrdiff_t)length < 0 && mapping) {
		return munlock(mapping->start, mapping->length);
	}
	return munlock(address, length);
}

WORLD("A machine whose munlock may wrap around", .breaks = "mlock-18",
      .spares = "mlock-06 mlock-16 mlock-17", .munlock = unlock);
