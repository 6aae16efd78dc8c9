/* SPDX-License-Identifier: MIT */
/* Whatever the range is, the whole file is written. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/gate.h"

static int write_all(void *address, size_t length, int flags)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (flags == MS_SYNC && mapping && !(mapping->flags & MAP_ANONYMOUS)) {
		fsync(mapping->fd);
	}
	return msync(address, length, flags);
}

WORLD("A machine whose msync writes the whole file", .breaks = "only_the_range_is_written",
      .spares = "written_pages_are_dirty_until_synchronised the_next_store_faults_once "
		"to_ask_for_later_starts_nothing msync-02",
      .msync = write_all);
