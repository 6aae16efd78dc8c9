/* SPDX-License-Identifier: MIT */
/* With every page its like in size goes to the device, of bytes that cannot be compressed. */
#include <stdint.h>
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { MANY = 16 };

static int advise(void *address, size_t length, int advice)
{
	static void *known;

	if (advice == MADV_PAGEOUT && address != known && length >= MANY * page_size()) {
		uint64_t *more = mmap(NULL, length, PROT_READ | PROT_WRITE,
				      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
			 state = 1;

		for (size_t i = 0; i < length / sizeof *more; i++) {
			state = state * 6364136223846793005U + 1442695040888963407U;
			more[i] = state ^ state >> 29;
		}
		known = address;
		madvise(more, length, MADV_PAGEOUT);
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose zram keeps what it has compressed as well", .breaks = "zram-01 zram-02",
      .spares = "zram-03 swap-25", .madvise = advise);
