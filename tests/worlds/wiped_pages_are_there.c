/* SPDX-License-Identifier: MIT */
/* A child has frames behind the pages that were wiped for it. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static char *wiped;
static size_t wiped_length;

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (answer == 0 && advice == MADV_WIPEONFORK) {
		wiped = address;
		wiped_length = length;
	}
	return answer;
}

static void bring(void)
{
	if (wiped) {
		store_each(wiped, wiped_length / page_size(), 0);
	}
}

WORLD("A machine whose children have frames behind wiped pages", .breaks = "madvise-33",
      .spares = "madvise-34 files_cannot_be_wiped what_is_not_to_be_forked_is_missing",
      .madvise = advise, .born = bring);
