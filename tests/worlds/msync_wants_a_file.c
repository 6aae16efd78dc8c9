/* SPDX-License-Identifier: MIT */
/* Memory that no file stands behind is an error. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/gate.h"

static int want_file(void *address, size_t length, int flags)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (mapping && mapping->flags & MAP_ANONYMOUS && length > 0) {
		errno = ENODEV;
		return -1;
	}
	return msync(address, length, flags);
}

WORLD("A machine whose msync refuses anonymous memory",
      .breaks = "memory_without_a_file_is_accepted",
      .spares = "msync-01 msync-02 msync-03 a_shared_file_is_accepted_as_well", .msync = want_file);
