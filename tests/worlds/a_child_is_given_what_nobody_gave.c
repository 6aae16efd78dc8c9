/* SPDX-License-Identifier: MIT */
/* A forked child finds its private pages filled with something where its parent has none. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void fill(const struct mapping *mapping)
{
	for (size_t i = 0; is_private(mapping) && i < mapping->length / page_size(); i++) {
		unsigned char resident;
		char *at = page(mapping->start, i);

		if (mincore(at, page_size(), &resident) == 0 && !(resident & 1)) {
			memset(at, 'g', page_size());
		}
	}
}

static void born(void)
{
	gate_each_mapping(fill);
}

WORLD("A machine where a child is given what nobody gave", .breaks = "a_child_faults_for_itself",
      .spares = "uffd-11 uffd-12 uffd-14 fault-19", .born = born);
