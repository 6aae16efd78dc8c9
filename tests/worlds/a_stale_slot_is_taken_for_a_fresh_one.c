/* SPDX-License-Identifier: MIT */
/* When the last of many pages goes out a second time its slot keeps what the first time wrote there. */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { MANY = 16 };

static int advise(void *address, size_t length, int advice)
{
	static char old[64 * 1024];
	static bool known, done;
	char *last = (char *)address + length - page_size();

	if (advice == MADV_PAGEOUT && length >= MANY * page_size() && !done &&
	    page_is_present(observe_pages("of the world", last, 1), 0)) {
		done = known && memcmp(last, old, page_size()) != 0;
		memcpy(done ? last : old, done ? old : last, page_size());
		known = true;
	}
	return madvise(address, length, advice);
}

WORLD("A machine that takes a stale slot for a fresh one", .breaks = "the_last_bytes_come_back",
      .spares = "swap-08 all_may_go_and_the_process_runs_on", .madvise = advise);
