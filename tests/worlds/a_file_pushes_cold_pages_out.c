/* SPDX-License-Identifier: MIT */
/* For each piece of a file that is read, pages of the program go that were not in use. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void put_out(const struct mapping *mapping)
{
	if (mapping->flags & MAP_ANONYMOUS) {
		madvise(mapping->start, mapping->length, MADV_PAGEOUT);
	}
}

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_WILLNEED) {
		gate_each_mapping(put_out);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where a file pushes cold pages out at once", .breaks = "pressure-02",
      .spares = "pressure-01 without_a_file_our_own_go", .madvise = advise);
