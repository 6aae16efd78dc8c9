/* SPDX-License-Identifier: MIT */
/* madvise throws away what is sealed, or says so. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	return answer != 0 && errno == EPERM ? 0 : answer;
}

WORLD("A machine whose madvise overlooks seals", .breaks = "mseal-03",
      .spares = "mseal-01 mseal-02 mseal-04 mseal-05", .madvise = advise);
