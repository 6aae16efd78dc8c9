/* SPDX-License-Identifier: MIT */
/* A new child faults more often than it has reason to. */
#include <sys/mman.h>

#include <touchstone/memory.h>

#include "worlds/world.h"

enum { MANY = 600 };

static void born(void)
{
	char *area = mmap(NULL, MANY * page_size(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	arrange(area != MAP_FAILED);
	store_each(area, MANY, 1);
	munmap(area, MANY * page_size());
}

WORLD("A machine where being forked costs many faults",
      .breaks =
	      "a_child_is_counted_when_it_was_waited_for.a_child_that_touches_nothing_adds_little "
	      "grandchildren_come_through_their_parents "
	      "a_descendant_counts_with_who_waits_for_it.a_child_that_is_waited_for_counts",
      .spares = "waiting_is_what_counts rusage-01 rusage-05 rusage-07", .born = born);
