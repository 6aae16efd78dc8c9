/* SPDX-License-Identifier: MIT */
/* Objects lie one behind the other without a byte in between, as many as fit into a stock. */
#include <stdlib.h>
#include <sys/mman.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

enum { STOCK = 16 * 1024 * 1024 };

static char *next, *end;

static void stock_up(void)
{
	next = mmap(NULL, STOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	arrange(next != MAP_FAILED);
	end = next + STOCK;
}

static void *allocate(size_t length)
{
	char *block = next;

	if (length > (size_t)(end - next)) {
		return NULL;
	}
	next += length;
	return block;
}

static void release(void *block)
{
	(void)block;
}

WORLD("A machine whose malloc rounds nothing",
      .breaks = "sizes_are_rounded_up a_pool_wastes_nothing every_allocator_reuses",
      .spares = "many_objects_share_a_page.many_objects_share_a_page most_need_no_system_call "
		"few_ask_for_address_space",
      .enter = stock_up, .malloc = allocate, .free = release);
