/* SPDX-License-Identifier: MIT */
/* mremap counts what is shared for ulimit -d. */
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "worlds/gate.h"

static void *refuse(void *old, size_t old_length, size_t new_length, int flags, void *address)
{
	const struct mapping *area = gate_mapping_of(old);
	struct rlimit limit;

	if (area && area->flags & MAP_SHARED && new_length > old_length &&
	    getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
		errno = ENOMEM;
		return MAP_FAILED;
	}
	return mremap(old, old_length, new_length, flags, address);
}

WORLD("A machine where shared memory grows as data do", .breaks = "new_data_count",
      .spares = "new_addresses_count mmap-19 without_the_limits_it_grows", .mremap = refuse);
