/* SPDX-License-Identifier: MIT */
/* munlock of one mapping unlocks all mappings of its file. */
#include <sys/mman.h>

#include "worlds/acts.h"

static int file;

static void unlock_alike(const struct mapping *mapping)
{
	if (is_of_file(mapping) && mapping->fd == file) {
		munlock(mapping->start, mapping->length);
	}
}

static int unlock(const void *address, size_t length)
{
	const struct mapping *mapping = gate_mapping_of(address);

	file = mapping ? mapping->fd : -1;
	gate_each_mapping(unlock_alike);
	return munlock(address, length);
}

WORLD("A machine whose locks belong to the object", .breaks = "mlock-09",
      .spares = "mlock-01 mlock-06 mlock-08", .munlock = unlock);
