/* SPDX-License-Identifier: MIT */
/* A hole is passed over, and nobody is told. */
#include <errno.h>
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	return answer != 0 && errno == ENOMEM ? 0 : answer;
}

WORLD("A machine whose madvise does not tell of holes",
      .breaks = "madvise-06 a_hole_is_told_by_enomem",
      .spares = "madvise-02 madvise-03 a_missing_right_is_told_by_einval", .madvise = advise);
