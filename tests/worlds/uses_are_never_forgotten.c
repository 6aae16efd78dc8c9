/* SPDX-License-Identifier: MIT */
/* The 1 that is written to clear_refs is taken and ignored: what was used once counts as in use. */
#include <unistd.h>

#include "worlds/world.h"

static ssize_t put(int fd, const void *buffer, size_t length)
{
	return length == 1 && *(const char *)buffer == '1' ? 1 : write(fd, buffer, length);
}

WORLD("A machine whose uses are never forgotten",
      .breaks = "a_load_is_noted a_page_that_comes_by_a_fault_counts_as_used",
      .spares = "noting_costs_no_fault ptable-08", .write = put);
