/* SPDX-License-Identifier: MIT */
/* The 1 that is written to clear_refs is taken and ignored: what was used once counts as in use. */
#include <unistd.h>

#include "worlds/world.h"

static ssize_t put(int fd, const void *buffer, size_t length)
{
	return length == 1 && *(const char *)buffer == '1' ? 1 : write(fd, buffer, length);
}

WORLD("A machine whose uses are never forgotten",
      .breaks = "a_load_is_noted a_page_that_comes_by_a_fault_counts_as_used "
		"a_hit_asks_no_table tlb-03 of_a_few_none_is pages_that_are_added_drop_nothing "
		"who_comes_back_finds_what_was_kept",
      .spares = "noting_costs_no_fault ptable-08 tlb-05 what_was_absent_is_there_at_once",
      .write = put);
