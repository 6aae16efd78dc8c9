/* SPDX-License-Identifier: MIT */
/* The last byte of many pages that go out to compressed memory comes back as another. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { MANY = 16 };

static bool is_zram;

static struct swap_area make(enum swap_kind kind, size_t bytes)
{
	is_zram = kind == SWAP_ON_ZRAM;
	return guard_swap_area(kind, bytes);
}

static int advise(void *address, size_t length, int advice)
{
	char *end = (char *)address + length - 1;

	if (is_zram && advice == MADV_PAGEOUT && length >= MANY * page_size()) {
		is_zram = false; /* once is enough */
		store(end, (unsigned char)~load(end));
	}
	return madvise(address, length, advice);
}

WORLD("A machine whose compressed memory loses a byte",
      .breaks = "compressed_memory_holds_swapped_pages compressed_memory_can_be_taken_away zram-01 "
		"zram-02 zram-03 compressed_memory_is_slower_than_memory",
      .spares = "a_file_holds_swapped_pages a_disk_can_be_taken_away what_is_given_up_is_forgotten",
      .guard_swap_area = make, .madvise = advise);
