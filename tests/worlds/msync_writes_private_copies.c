/* SPDX-License-Identifier: MIT */
/* What was stored privately is written to the file, and the copies are given up. */
#include <sys/mman.h>
#include <unistd.h>

#include "worlds/acts.h"

static int write_back(void *address, size_t length, int flags)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (flags == MS_SYNC && mapping && is_private(mapping) && is_of_file(mapping) &&
	    address == mapping->start) {
		(void)!pwrite(mapping->fd, address, length, 0);
		madvise(address, length, MADV_DONTNEED);
	}
	return msync(address, length, flags);
}

WORLD("A machine whose msync writes private copies to the file",
      .breaks = "private_copies_have_no_disk private_copies_are_never_clean",
      .spares = "written_pages_are_dirty_until_synchronised msync-01 msync-02 msync-03",
      .msync = write_back);
