/* SPDX-License-Identifier: MIT */
/* A hole in the middle of an area is always refused, as if there were no areas left. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static int refuse(void *address, size_t length)
{
	const struct mapping *area = gate_mapping_of(address);
	char *start = address;

	if (area && start > area->start && start + length < area->start + area->length) {
		errno = ENOMEM;
		return -1;
	}
	return munmap(address, length);
}

WORLD("A machine whose munmap never makes a hole",
      .breaks = "with_areas_left_a_hole_is_granted what_needs_no_area_goes_on munmap-03",
      .spares = "the_limit_is_met_exactly munmap-31 a_crooked_range_is_refused", .munmap = refuse);
