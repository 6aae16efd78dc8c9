/* SPDX-License-Identifier: MIT */
/* A part of what was mapped at once is none that mremap can make longer. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static void *insist(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	const struct mapping *area = gate_mapping_of(old);

	if (new_length > old_length && area && area->length > old_length && old_length > 0) {
		errno = EFAULT;
		return MAP_FAILED;
	}
	return mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where only whole areas grow", .breaks = "one_area_is_accepted its_end_grows_alone",
      .spares = "mremap-11 it_grows_where_it_is by_leave_it_moves", .mremap = insist);
