/* SPDX-License-Identifier: MIT */
/* What lies behind a hole is not advised. */
#include <errno.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

static int advise(void *address, size_t length, int advice)
{
	size_t before = 0;
	unsigned char there;

	while (before < length && mincore((char *)address + before, 1, &there) == 0) {
		before += page_size();
	}
	if (advice == MADV_DONTNEED && before < length) {
		madvise(address, before, advice);
		errno = ENOMEM;
		return -1;
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose madvise stops at a hole",
      .breaks = "both_sides_are_advised a_hole_at_an_end_is_told_as_well",
      .spares = "nothing_but_a_hole_is_told_too madvise-02 madvise-03", .madvise = advise);
