/* SPDX-License-Identifier: MIT */
/* A guard in the page tables hides its page, but when it is removed the page is as it was before.
 */
#include <string.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	static char kept[64 * 1024];
	int answer;

	if (advice == 102 /* MADV_GUARD_INSTALL */ && length <= sizeof kept) {
		memcpy(kept, address, length);
	}
	answer = madvise(address, length, advice);
	if (answer == 0 && advice == 103 /* MADV_GUARD_REMOVE */ && length <= sizeof kept) {
		memcpy(address, kept, length);
	}
	return answer;
}

WORLD("A machine whose light guards keep what they hide", .breaks = "prot-17",
      .spares = "prot-15 prot-16 lazy-18", .madvise = advise);
