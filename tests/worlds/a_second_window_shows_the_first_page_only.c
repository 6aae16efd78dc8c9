/* SPDX-License-Identifier: MIT */
/* The window that mremap opens of no bytes begins with the object. */
#include <sys/mman.h>

#include "worlds/gate.h"

static void *begin_anew(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	const struct mapping *area = gate_mapping_of(old);

	return mremap(old_length == 0 && area ? area->start : old, old_length, new_length, flags,
		      address);
}

WORLD("A machine where a second window shows the object from its beginning",
      .breaks = "a_window_starts_where_it_is_told",
      .spares = "shared_memory_gets_a_second_window mremap-10 map-16", .mremap = begin_anew);
