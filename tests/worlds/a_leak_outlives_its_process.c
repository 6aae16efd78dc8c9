/* SPDX-License-Identifier: MIT */
/* What a process has not freed when it ends stays where it is, and nobody has it. */
#include <sys/mman.h>

#include <touchstone/outcome.h>

#include "worlds/world.h"

enum { STOCK = 256 * 1024 * 1024 };

/* At its start the shared memory tells how much of it is gone. */
static char *stock;

static void stock_up(void)
{
	stock = mmap(NULL, STOCK, PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	arrange(stock != MAP_FAILED);
	*(size_t *)stock = 2 * sizeof(size_t);
}

static void *allocate(size_t length)
{
	size_t at = *(size_t *)stock;

	if (length > STOCK - at) {
		return NULL;
	}
	*(size_t *)stock += length;
	return stock + at;
}

WORLD("A machine where a leak outlives its process", .breaks = "a_leak_ends_with_its_process",
      .spares = "a_leak_faults_in_every_round", .enter = stock_up, .malloc = allocate);
