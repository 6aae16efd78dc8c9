/* SPDX-License-Identifier: MIT */
/* Many pages that go out to a block device for the second time lose the very last byte. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { MANY = 16 };

static bool is_device;

static struct swap_area make(enum swap_kind kind, size_t bytes)
{
	is_device = kind == SWAP_ON_LOOP;
	return guard_swap_area(kind, bytes);
}

static int advise(void *address, size_t length, int advice)
{
	static unsigned char edition;
	static int editions;
	char *end = (char *)address + length - 1, *first = address;

	if (is_device && advice == MADV_PAGEOUT && length >= MANY * page_size() &&
	    page_is_present(observe_pages("of the world", address, 1), 0)) {
		editions += editions == 0 || load(first) != edition;
		edition = load(first);
		if (editions == 2) {
			store(end, (unsigned char)~load(end));
			editions++;
		}
	}
	return madvise(address, length, advice);
}

WORLD("A machine where the second edition loses its last byte",
      .breaks = "a_block_device_holds_swapped_pages the_last_bytes_come_back",
      .spares = "a_file_holds_swapped_pages compressed_memory_holds_swapped_pages swap-08",
      .guard_swap_area = make, .madvise = advise);
