/* SPDX-License-Identifier: MIT */
/* MADV_WILLNEED of what has no file is an error like any other. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/acts.h"

static int advise(void *address, size_t length, int advice)
{
	const struct mapping *mapping = gate_mapping_of(address);

	if (advice == MADV_WILLNEED && mapping && !is_of_file(mapping)) {
		errno = EINVAL;
		return -1;
	}
	return madvise(address, length, advice);
}

WORLD("A machine on which only files are needed", .breaks = "madvise-16",
      .spares = "madvise-14 madvise-15", .madvise = advise);
