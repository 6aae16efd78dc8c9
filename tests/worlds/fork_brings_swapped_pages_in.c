/* SPDX-License-Identifier: MIT */
/* Before it forks, the machine reads everything back from swap. */
#include <sys/mman.h>
#include <unistd.h>

#include <touchstone/memory.h>

#include "worlds/acts.h"

static void bring_in(const struct mapping *mapping)
{
	if (is_private(mapping) && !is_of_file(mapping)) {
		load_each(mapping->start, mapping->length / page_size());
	}
}

static pid_t bring_in_and_fork(void)
{
	gate_each_mapping(bring_in);
	return fork();
}

WORLD("A machine whose fork brings swapped pages in",
      .breaks = "fork-13"
		" a_count_does_not_tell_where.the_same_pages_look_the_same",
      .spares = "fork-05 fork-06 cow-11", .fork = bring_in_and_fork);
