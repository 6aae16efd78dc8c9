/* SPDX-License-Identifier: MIT */
/* MADV_DONTNEED tells of locked pages, and advises what lies behind them. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer != 0 && errno == EINVAL && advice == MADV_DONTNEED) {
		for (size_t i = 0; i < length / page_size(); i++) {
			madvise(page(address, i), page_size(), advice);
		}
		errno = EINVAL;
	}
	return answer;
}

WORLD("A machine whose advice passes over locked pages", .breaks = "madvise-48",
      .spares = "madvise-47 madvise-49", .madvise = advise);
