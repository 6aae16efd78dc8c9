/* SPDX-License-Identifier: MIT */
/* The first two of many pages that went out to a swap file come back in each other's place. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { MANY = 16 };

static bool is_file;

static struct swap_area make(enum swap_kind kind, size_t bytes)
{
	is_file = kind == SWAP_IN_FILE;
	return guard_swap_area(kind, bytes);
}

static void move(char *from, char *to)
{
	mremap(from, page_size(), page_size(), MREMAP_MAYMOVE | MREMAP_FIXED, to);
}

static int advise(void *address, size_t length, int advice)
{
	int answer = madvise(address, length, advice);

	if (is_file && advice == MADV_PAGEOUT && answer == 0 && length >= MANY * page_size()) {
		char *aside = mmap(NULL, page_size(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
				   0);

		is_file = false; /* once is enough */
		move(address, aside);
		move(page(address, 1), address);
		move(aside, page(address, 1));
	}
	return answer;
}

WORLD("A machine whose swap files mix pages up", .breaks = "a_file_holds_swapped_pages",
      .spares = "a_block_device_holds_swapped_pages compressed_memory_holds_swapped_pages "
		"pages_that_stay_take_no_slot",
      .guard_swap_area = make, .madvise = advise);
