/* SPDX-License-Identifier: MIT */
/* When memory is short the whole process goes, not only as much as is wanted. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void put_out(const struct mapping *mapping)
{
	if (mapping->flags & MAP_ANONYMOUS) {
		madvise(mapping->start, mapping->length, MADV_PAGEOUT);
	}
}

static struct pages observe(const char *label, const void *start, size_t count)
{
	gate_each_mapping(put_out);
	return observe_pages(label, start, count);
}

WORLD("A machine that swaps a process as a whole",
      .breaks = "pressure-03 pressure-01 pressure-02 first_the_cold_then_the_hot",
      .spares = "a_large_excess_takes_a_large_part without_a_file_our_own_go pressure-05",
      .observe_pages = observe);
