/* SPDX-License-Identifier: MIT */
/* MS_INVALIDATE does not ask whether pages are locked. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int invalidate(void *address, size_t length, int flags)
{
	int answer = msync(address, length, flags);

	return answer != 0 && errno == EBUSY ? 0 : answer;
}

WORLD("A machine whose msync does not mind locked pages",
      .breaks = "locked_pages_are_not_invalidated",
      .spares = "msync-01 msync-02 msync-03 memory_without_a_file_is_accepted",
      .msync = invalidate);
