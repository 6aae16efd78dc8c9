/* SPDX-License-Identifier: MIT */
/* To make room for a file the kernel discards the first page of all that was written. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void discard(const struct mapping *mapping)
{
	if (is_private(mapping) && !is_of_file(mapping)) {
		madvise(mapping->start, page_size(), MADV_DONTNEED);
	}
}

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_RANDOM) {
		gate_each_mapping(discard);
	}
	return madvise(address, length, advice);
}

WORLD("A machine where a page of a file is worth more than a written one",
      .breaks = "want_of_memory_cannot_either",
      .spares = "no_advice_takes_their_bytes advice_cannot_push_them_out", .madvise = advise);
