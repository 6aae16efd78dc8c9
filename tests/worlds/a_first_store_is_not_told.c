/* SPDX-License-Identifier: MIT */
/* Every second page that a pager makes read-only can be stored to. */
#include <sys/mman.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	static unsigned times;

	if (protection == PROT_READ && times++ % 2 == 0) {
		protection |= PROT_WRITE;
	}
	return mprotect(address, length, protection);
}

static void enter(void)
{
	pager_mprotect = protect;
}

WORLD("A machine where a first store is not always told",
      .breaks = "a_dirty_victim_costs_one_write it_is_written_when_it_goes_and_not_before",
      .spares = "who_only_reads_writes_nothing_back replace-10 replace-01", .enter = enter);
