/* SPDX-License-Identifier: MIT */
/* The first page that a pager makes read-only cannot be read either: who loads seems to store. */
#include <stdbool.h>
#include <sys/mman.h>

#include "arrange/pager.h"
#include "worlds/world.h"

static int protect(void *address, size_t length, int protection)
{
	static bool done;

	if (protection == PROT_READ && !done) {
		done = true;
		protection = PROT_NONE;
	}
	return mprotect(address, length, protection);
}

static void enter(void)
{
	pager_mprotect = protect;
}

WORLD("A machine where the first load counts as a store",
      .breaks = "who_only_reads_writes_nothing_back age_is_free",
      .spares = "replace-01 four_frames_fault_more_than_three any_rule_can_be_made_to_miss_always",
      .enter = enter);
