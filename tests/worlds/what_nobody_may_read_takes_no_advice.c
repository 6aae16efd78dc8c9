/* SPDX-License-Identifier: MIT */
/* MADV_RANDOM of memory without rights is refused. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/gate.h"

static int advise(void *address, size_t length, int advice)
{
	if (advice == MADV_RANDOM && !gate_mapping_of(address)) {
		errno = EACCES; /* of what an experiment maps only a reserve does not come this way */
		return -1;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose memory without rights takes no advice", .breaks = "madvise-15",
      .spares = "madvise-14 madvise-16 madvise-11", .madvise = advise);
