/* SPDX-License-Identifier: MIT */
/* MADV_POPULATE_WRITE stores a zero in the last byte of its range. */
#include <sys/mman.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer == 0 && length > 0 && advice == 23 /* MADV_POPULATE_WRITE */) {
		((volatile char *)address)[length - 1] = 0;
	}
	return answer;
}

WORLD("A machine whose populating for writing writes", .breaks = "madvise-31",
      .spares = "madvise-28 madvise-29 prepared_memory_is_zero", .madvise = advise);
