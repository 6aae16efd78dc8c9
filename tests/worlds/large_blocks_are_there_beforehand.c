/* SPDX-License-Identifier: MIT */
/* Large blocks come from a stock that has had its frames since the program's start. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

enum { LARGE = 256 * 1024, STOCK = 2 * 1024 * 1024 };

static char *stock;

static void stock_up(void)
{
	stock = mmap(NULL, STOCK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	arrange(stock != MAP_FAILED);
	memset(stock, 1, STOCK);
}

static void *allocate(size_t length)
{
	return length >= LARGE && length <= STOCK ? stock : malloc(length);
}

static void release(void *block)
{
	if (block != stock) {
		free(block);
	}
}

WORLD("A machine where large blocks are there beforehand",
      .breaks = "the_first_call_faults_for_every_page a_fixed_threshold_makes_every_call_pay",
      .spares = "later_calls_fault_no_more heap-25", .enter = stock_up, .malloc = allocate,
      .free = release);
