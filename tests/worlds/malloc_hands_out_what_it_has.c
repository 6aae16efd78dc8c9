/* SPDX-License-Identifier: MIT */
/* malloc hands out addresses that it has had since the program started, and asks for none. */
#include <stdint.h>
#include <sys/mman.h>

#include <touchstone/memory.h>
#include <touchstone/outcome.h>

#include "worlds/world.h"

enum { STOCK = 64 * 1024 * 1024 };

static char *next, *end;

static void stock_up(void)
{
	next = mmap(NULL, STOCK, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	arrange(next != MAP_FAILED);
	end = next + STOCK;
}

static void *hand_out(size_t length)
{
	char *block = next + sizeof(max_align_t);

	if (length > (size_t)(end - block)) {
		return NULL;
	}
	*(size_t *)next = length;
	next = page_of(block + length + page_size() - 1);
	return block;
}

WORLD("A machine whose malloc hands out addresses it had before",
      .breaks = "malloc_hands_out_addresses a_big_object_brings_an_area",
      .spares = "malloc_attaches_almost_no_frame lazy-02", .enter = stock_up, .malloc = hand_out);
