/* SPDX-License-Identifier: MIT */
/* What is mapped in the range is synchronised; what is not is no error. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int overlook(void *address, size_t length, int flags)
{
	int answer = msync(address, length, flags);

	return answer != 0 && errno == ENOMEM ? 0 : answer;
}

WORLD("A machine whose msync overlooks holes",
      .breaks = "msync-03 msync_accepts_memory_without_a_file.a_shared_file_is_accepted_as_well",
      .spares = "msync-01 msync-02 memory_without_a_file_is_accepted", .msync = overlook);
